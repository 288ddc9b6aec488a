package dk.underret.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.underret.dispatch.DispatchLimits;
import dk.underret.dispatch.DispatchPorts;
import dk.underret.dispatch.Dispatcher;
import dk.underret.dispatch.WorkException;
import dk.underret.dispatch.WorkException.Code;
import dk.underret.feedback.Feedback;
import dk.underret.feedback.SesEventResult;
import dk.underret.incident.FactsJson;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Incidents;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.intake.Evidence;
import dk.underret.intake.Intake;
import dk.underret.intake.IntakeLimits;
import dk.underret.intake.IntakePorts;
import dk.underret.intake.Upload;
import dk.underret.ledger.Ledger;
import dk.underret.letter.Letters;
import dk.underret.recipient.Keys;
import dk.underret.recipient.Lists;
import dk.underret.run.Accounts;
import dk.underret.run.Chunks;
import dk.underret.run.RunStatus;
import dk.underret.run.Runs;
import dk.underret.run.Work;
import dk.underret.run.WorkMessage;
import dk.underret.simulation.FaultPlan.Fault;
import dk.underret.sweep.Sweep;
import dk.underret.sweep.SweepLimits;
import dk.underret.sweep.SweepPorts;
import dk.underret.sweep.UnreachedLists;
import dk.underret.testing.FakeChunks;
import dk.underret.testing.FakeEvidence;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeKeys;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLetters;
import dk.underret.testing.FakeLists;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakePreviews;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeUnreachedLists;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Everything that outlives a process: buckets, tables, queues, SES; and the functions around them. */
final class SimulatedCloud {
    private static final String BUCKET = "uploads";
    private static final String LIST = "incidents/brud/list.csv";
    private static final NoticeId NOTICE = new NoticeId("brud", NoticeId.MAIN);
    private static final String SENDER = "post@skole.example";
    private static final int SENDERS = 2;
    private static final Duration INTAKE_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration STALE_AFTER = Duration.ofMinutes(15);
    private static final Map<String, Object> FACTS = facts();

    final Scheduler scheduler;
    final FaultPlan weather;
    final NegativeControl sabotage;
    final EventTrace trace;
    final InjectedFaults causes = new InjectedFaults();
    final FaultInjector wire;
    final FakeLedger ledger = new FakeLedger();
    final FakeRuns runs = new FakeRuns();
    final FakeChunks chunks = new FakeChunks();
    final SimulatedSes ses;
    final SesReports reports = new SesReports(this);
    final Map<String, ExpectedList> rosters = new LinkedHashMap<>();
    final Map<String, PersonDecision> decisions = new LinkedHashMap<>();
    final List<String> unexpected = new ArrayList<>();

    private final FakeLists lists = new FakeLists();
    private final FakeUnreachedLists unreached = new FakeUnreachedLists();
    private final FakeKeys keys = new FakeKeys();
    private final FakeEvidence evidence = new FakeEvidence();
    private final FakeIncidents incidents = new FakeIncidents().with("brud", FACTS);
    private final FakeLetters letters = new FakeLetters().with("breach-notice", "da", """
            Subject: {{incident.title}}
            Covers: nature, data, consequences, measures, controller, contact

            Kære {{recipient.name}}
            """);
    private final SimulatedFunction<Intake> intake;
    private final SimulatedFunction<Sweep> sweep;
    private final SimulatedQueue<String> events;
    private final SimulatedQueue<WorkMessage> work;
    private int sequence;
    private int announced;
    private boolean factsChanged;

    SimulatedCloud(long seed, NegativeControl sabotage, boolean inWords) {
        var random = new SplittableRandom(seed);
        this.scheduler = new Scheduler(random.split());
        this.weather = new FaultPlan(random.split());
        this.sabotage = sabotage;
        this.trace = new EventTrace(scheduler, inWords);
        this.wire = new FaultInjector(scheduler, weather, trace, causes, sabotage);
        this.ses = new SimulatedSes(this);
        var chunkRows = weather.one(1, 2, 3, 5, 500);
        var timeout = weather.one(Duration.ofSeconds(40), Duration.ofMinutes(2), Duration.ofMinutes(15));
        this.intake = new SimulatedFunction<>("intake", this, instance -> intake(instance, chunkRows));
        var dispatch = new SimulatedFunction<>("dispatch", this, this::dispatcher);
        this.sweep = new SimulatedFunction<>("sweep", this, this::sweeper);
        var feedback = new SimulatedFunction<>(
                "feedback", this, instance -> new Feedback(wire.port(instance, Ledger.class, ledger)));
        this.events = new SimulatedQueue<>(
                scheduler,
                weather,
                Duration.ofMinutes(2),
                2,
                body -> feedback.invoke(Duration.ofMinutes(1), handler -> hear(handler, body)));
        this.work = new SimulatedQueue<>(
                scheduler,
                weather,
                weather.one(Duration.ofSeconds(30), timeout.multipliedBy(6)),
                SENDERS,
                message -> dispatch.invoke(timeout, handler -> handler.dispatch(message, timeout)));
    }

    /** Uploads a list of notice {@code main}: each time the next version of one object. */
    void upload(ExpectedList roster, Duration after) {
        rosters.put(upload(LIST, roster.csv(), after), roster);
    }

    /** Uploads what a person decided; of nobody there is no list. */
    void upload(PersonDecision decided, Duration after) {
        if (!decided.people().isEmpty()) decisions.put(upload(decided.key(), decided.csv(), after), decided);
    }

    private String upload(String key, String csv, Duration after) {
        var version = lists.put(BUCKET, key, csv.getBytes(UTF_8));
        var arrival = new Upload(BUCKET, key, version, "%016X".formatted(++sequence), "AIDAEXAMPLE", Instance.START);
        var copies = weather.strikes(Fault.TWICE) ? 2 : 1;
        for (int i = 0; i < copies; i++) announce(arrival, after);
        return arrival.run();
    }

    /** A person changes the facts: of the lists, those that come too late are refused. */
    void changeFacts(Duration after) {
        factsChanged = true;
        scheduler.start(() -> {
            scheduler.sleep(after);
            var others = new LinkedHashMap<>(FACTS);
            others.put("title", "Et andet brud på persondatasikkerheden");
            incidents.with("brud", others);
        });
    }

    /** Whether there ever were others. */
    boolean factsChanged() {
        return factsChanged;
    }

    /** S3's event: an invocation that fails is made again; once the run is planned, no harm is done if it is not. */
    private void announce(Upload arrival, Duration after) {
        announced++;
        scheduler.start(() -> {
            scheduler.sleep(after);
            while (!intake.invoke(INTAKE_TIMEOUT, handler -> handler.take(arrival))) {
                if (runs.run(arrival.run()).isPresent() && weather.strikes(Fault.VANISHED)) break;
                scheduler.sleep(Duration.ofMinutes(1));
            }
            announced--;
        });
    }

    /** Puts one of SES's events on its queue. */
    void report(String event, Duration after) {
        events.put(event, after);
    }

    private void hear(Feedback handler, String body) {
        var heard = handler.take(body);
        if (heard instanceof SesEventResult.SetAside != body.contains("forged")) unexpected.add("an event is " + heard);
    }

    /** Sweeps once, if anybody does. */
    void sweep() {
        if (sabotage != NegativeControl.NO_SWEEP) sweep.invoke(Duration.ofMinutes(1), Sweep::sweep);
    }

    /** A person lifts what only a person may lift. */
    void resume() {
        if (incidents.notice(NOTICE).isPresent()) incidents.with(NOTICE, Map.of());
    }

    /** Whether there is nothing on any queue. */
    boolean quiet() {
        return announced == 0 && work.empty() && events.empty();
    }

    /** Whether every run has come to its end. */
    boolean settled() {
        return runs.runs().stream()
                .allMatch(run -> run.status() == RunStatus.SETTLED || run.status() == RunStatus.REFUSED);
    }

    /**
     * Something was thrown that no fault explains. Faults may keep a message from any progress; and a chunk that another sender
     * brings to its end is deleted, perhaps just before it is read here: the message comes again and finds it settled.
     */
    void unexpected(String function, Exception e) {
        if (e instanceof WorkException failed
                && (failed.code() == Code.NO_PROGRESS || failed.code() == Code.CHUNK_GONE)) return;
        trace.note(function, "threw", e);
        unexpected.add(function + " threw " + e);
    }

    private Intake intake(Instance instance, int chunkRows) {
        var peers = new IntakePorts(
                wire.port(instance, Lists.class, lists),
                wire.port(instance, Letters.class, letters),
                wire.port(instance, Keys.class, keys),
                wire.port(instance, Incidents.class, incidents),
                wire.port(instance, Runs.class, runs),
                wire.port(instance, Ledger.class, ledger),
                wire.port(instance, Chunks.class, chunks),
                wire.port(instance, Work.class, this::enqueue),
                wire.port(instance, Evidence.class, evidence),
                new FakePreviews(),
                new FakePreviewMails(),
                wire.port(instance, Accounts.class, ses.accounts()),
                instance.clock());
        return new Intake(
                peers, new IntakeLimits(10_000_000, 1_000, Set.of(SENDER), Language.ENGLISH, chunkRows, false));
    }

    private Dispatcher dispatcher(Instance instance) {
        var seen = wire.port(instance, Ledger.class, ledger);
        var ports = new DispatchPorts(
                wire.port(instance, Incidents.class, incidents),
                wire.port(instance, Letters.class, letters),
                wire.port(instance, Runs.class, runs),
                wire.port(instance, Chunks.class, chunks),
                seen,
                wire.port(instance, Work.class, this::enqueue),
                ses.mailer(instance, seen),
                wire.port(instance, Accounts.class, ses.accounts()));
        return new Dispatcher(ports, new DispatchLimits(SENDERS, STALE_AFTER), instance);
    }

    private Sweep sweeper(Instance instance) {
        var ports = new SweepPorts(
                wire.port(instance, Incidents.class, incidents),
                wire.port(instance, Runs.class, runs),
                wire.port(instance, Ledger.class, ledger),
                wire.port(instance, Work.class, this::enqueue),
                wire.port(instance, Accounts.class, ses.accounts()),
                wire.port(instance, Lists.class, lists),
                wire.port(instance, UnreachedLists.class, unreached));
        return new Sweep(ports, new SweepLimits(STALE_AFTER), instance);
    }

    /** Part of a batch may be on the queue when the call fails. */
    private void enqueue(List<WorkMessage> messages, Duration delay) {
        for (var message : messages) {
            if (messages.size() > 1 && weather.strikes(Fault.REFUSED))
                throw new FaultInjector.Unavailable("part of a batch");
            if (!weather.strikes(Fault.VANISHED)) work.put(message, delay);
        }
    }

    private static Map<String, Object> facts() {
        var json = """
                {
                  "title": "Brud på persondatasikkerheden på skolen",
                  "summary": "Uvedkommende har haft adgang til skolens elevregister.",
                  "language": "da",
                  "status": "approved",
                  "sender": {"from": "Skolen <post@skole.example>"},
                  "controller": {"name": "Skolen", "email": "post@skole.example", "phone": "+45 55 55 01 01"},
                  "discovered_at": "2026-02-20",
                  "affected_data": [{"items": ["navn", "adresse"]}],
                  "consequences": ["Du kan få opkald fra svindlere."],
                  "measures": [{"by": "Skolen", "text": "Adgangen er lukket."}],
                  "recommendations": {"items": ["Giv ingen oplysninger i telefonen."]},
                  "authorities": [{"name": "Datatilsynet"}],
                  "verify": {"website": "skole.example/brud"}
                }
                """;
        try {
            return FactsJson.parse(json.getBytes(UTF_8), "incident.json");
        } catch (FindingsException e) {
            throw new IllegalStateException(e);
        }
    }
}
