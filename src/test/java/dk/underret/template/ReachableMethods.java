package dk.underret.template;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The methods that a handler can come to, by the byte code: from its constructor and its methods on, and from a call of an interface
 * to each class that implements it and is made on the way (rapid type analysis). What a lambda calls counts as called where it stands.
 */
final class ReachableMethods {
    private static final String OURS = "dk.underret";

    private final Set<JavaCodeUnit> units = new LinkedHashSet<>();
    private final Set<CodeUnitAccessTarget> called = new LinkedHashSet<>();
    private final Set<JavaClass> made = new LinkedHashSet<>();
    private final Deque<JavaCodeUnit> unread = new ArrayDeque<>();

    private ReachableMethods() {}

    /** Of a handler of these classes. */
    static Set<JavaCodeUnit> from(JavaClasses classes, String handler) {
        var reached = new ReachableMethods();
        classes.get(handler).getCodeUnits().forEach(reached::add);
        while (!reached.unread.isEmpty()) reached.read(reached.unread.remove());
        return reached.units;
    }

    private void add(JavaCodeUnit unit) {
        if (units.add(unit)) unread.add(unit);
    }

    private void read(JavaCodeUnit unit) {
        Stream.of(unit.getCallsFromSelf(), unit.getMethodReferencesFromSelf(), unit.getConstructorReferencesFromSelf())
                .flatMap(Set::stream)
                .map(access -> access.getTarget())
                .filter(target -> target.getOwner().getPackageName().startsWith(OURS))
                .forEach(this::take);
    }

    private void take(CodeUnitAccessTarget target) {
        target.resolveMember().ifPresent(this::add);
        var owner = target.getOwner();
        if (target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)) {
            if (made.add(owner)) List.copyOf(called).forEach(before -> implement(before, owner));
        } else if (called.add(target)) {
            List.copyOf(made).forEach(each -> implement(target, each));
        }
    }

    private void implement(CodeUnitAccessTarget target, JavaClass by) {
        if (!by.isAssignableTo(target.getOwner().getName())) return;
        var parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        by.tryGetMethod(target.getName(), parameters).ifPresent(this::add);
    }
}
