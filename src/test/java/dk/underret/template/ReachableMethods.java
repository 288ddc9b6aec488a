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
 * Finds the methods that are reachable from a handler's constructors and methods, by rapid type analysis of the byte code: a call of
 * an interface reaches each implementation that reachable code instantiates. A lambda's calls count for the enclosing method.
 */
final class ReachableMethods {
    private static final String OWN_PACKAGE = "dk.underret";

    private final Set<JavaCodeUnit> units = new LinkedHashSet<>();
    private final Set<CodeUnitAccessTarget> called = new LinkedHashSet<>();
    private final Set<JavaClass> instantiated = new LinkedHashSet<>();
    private final Deque<JavaCodeUnit> pending = new ArrayDeque<>();

    private ReachableMethods() {}

    /** Returns the methods and constructors that are reachable from a handler. */
    static Set<JavaCodeUnit> from(JavaClasses classes, String handler) {
        var reached = new ReachableMethods();
        classes.get(handler).getCodeUnits().forEach(reached::add);
        while (!reached.pending.isEmpty()) reached.read(reached.pending.remove());
        return reached.units;
    }

    private void add(JavaCodeUnit unit) {
        if (units.add(unit)) pending.add(unit);
    }

    private void read(JavaCodeUnit unit) {
        Stream.of(unit.getCallsFromSelf(), unit.getMethodReferencesFromSelf(), unit.getConstructorReferencesFromSelf())
                .flatMap(Set::stream)
                .map(access -> access.getTarget())
                .filter(target -> target.getOwner().getPackageName().startsWith(OWN_PACKAGE))
                .forEach(this::call);
    }

    private void call(CodeUnitAccessTarget target) {
        target.resolveMember().ifPresent(this::add);
        var owner = target.getOwner();
        if (target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)) {
            if (instantiated.add(owner)) List.copyOf(called).forEach(before -> implement(before, owner));
        } else if (called.add(target)) {
            List.copyOf(instantiated).forEach(each -> implement(target, each));
        }
    }

    private void implement(CodeUnitAccessTarget target, JavaClass by) {
        if (!by.isAssignableTo(target.getOwner().getName())) return;
        var parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        by.tryGetMethod(target.getName(), parameters).ifPresent(this::add);
    }
}
