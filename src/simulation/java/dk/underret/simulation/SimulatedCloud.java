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

/** The buckets, tables, queues and SES, which outlive a process, and the functions that use them. */
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
    final FaultPlan plan;
    final NegativeControl control;
    final EventTrace trace;
    final InjectedFaults injectedFaults = new InjectedFaults();
    final FaultInjector injector;
    final FakeLedger ledger = new FakeLedger();
    final FakeRuns runs = new FakeRuns();
    final FakeChunks chunks = new FakeChunks();
    final SimulatedSes ses;
    final SesReports reports = new SesReports(this);
    final Map<String, ExpectedList> expectedLists = new LinkedHashMap<>();
    final Map<String, PersonDecision> decisions = new LinkedHashMap<>();
    final List<String> unexpectedErrors = new ArrayList<>();

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
    private int pendingUploads;
    private boolean factsChanged;

    SimulatedCloud(long seed, NegativeControl control, boolean verbose) {
        var random = new SplittableRandom(seed);
        this.scheduler = new Scheduler(random.split());
        this.plan = new FaultPlan(random.split());
        this.control = control;
        this.trace = new EventTrace(scheduler, verbose);
        this.injector = new FaultInjector(scheduler, plan, trace, injectedFaults, control);
        this.ses = new SimulatedSes(this);
        var chunkRows = plan.pick(1, 2, 3, 5, 500);
        var timeout = plan.pick(Duration.ofSeconds(40), Duration.ofMinutes(2), Duration.ofMinutes(15));
        this.intake = new SimulatedFunction<>("intake", this, instance -> intake(instance, chunkRows));
        var dispatch = new SimulatedFunction<>("dispatch", this, this::dispatcher);
        this.sweep = new SimulatedFunction<>("sweep", this, this::sweeper);
        var feedback = new SimulatedFunction<>(
                "feedback", this, instance -> new Feedback(injector.port(instance, Ledger.class, ledger)));
        this.events = new SimulatedQueue<>(
                scheduler,
                plan,
                Duration.ofMinutes(2),
                2,
                body -> feedback.invoke(Duration.ofMinutes(1), handler -> takeEvent(handler, body)));
        this.work = new SimulatedQueue<>(
                scheduler,
                plan,
                plan.pick(Duration.ofSeconds(30), timeout.multipliedBy(6)),
                SENDERS,
                message -> dispatch.invoke(timeout, handler -> handler.dispatch(message, timeout)));
    }

    /** Uploads a list of notice {@code main}, as the next version of the same object. */
    void upload(ExpectedList list, Duration after) {
        expectedLists.put(upload(LIST, list.csv(), after), list);
    }

    /** Uploads a person's decision, unless it concerns nobody. */
    void upload(PersonDecision decision, Duration after) {
        if (!decision.people().isEmpty()) decisions.put(upload(decision.key(), decision.csv(), after), decision);
    }

    private String upload(String key, String csv, Duration after) {
        var version = lists.put(BUCKET, key, csv.getBytes(UTF_8));
        var upload = new Upload(BUCKET, key, version, "%016X".formatted(++sequence), "AIDAEXAMPLE", Instance.START);
        var copies = plan.occurs(Fault.DELIVERED_TWICE) ? 2 : 1;
        for (int i = 0; i < copies; i++) deliver(upload, after);
        return upload.run();
    }

    /** Changes the facts. A list that is processed after the change is refused. */
    void changeFacts(Duration after) {
        factsChanged = true;
        scheduler.start(() -> {
            scheduler.sleep(after);
            var changed = new LinkedHashMap<>(FACTS);
            changed.put("title", "Et andet brud på persondatasikkerheden");
            incidents.with("brud", changed);
        });
    }

    boolean factsChanged() {
        return factsChanged;
    }

    /**
     * Delivers S3's event until an invocation succeeds. Once the run is recorded, a retry may be lost: the sweep completes the run.
     */
    private void deliver(Upload upload, Duration after) {
        pendingUploads++;
        scheduler.start(() -> {
            scheduler.sleep(after);
            while (!intake.invoke(INTAKE_TIMEOUT, handler -> handler.take(upload))) {
                if (runs.run(upload.run()).isPresent() && plan.occurs(Fault.MESSAGE_LOST)) break;
                scheduler.sleep(Duration.ofMinutes(1));
            }
            pendingUploads--;
        });
    }

    /** Puts an event of SES on the queue. */
    void report(String event, Duration after) {
        events.put(event, after);
    }

    private void takeEvent(Feedback handler, String body) {
        var result = handler.take(body);
        if (result instanceof SesEventResult.SetAside != body.contains("forged"))
            unexpectedErrors.add("an event is " + result);
    }

    /** Runs the sweep once, unless {@link NegativeControl#NO_SWEEP} is set. */
    void sweep() {
        if (control != NegativeControl.NO_SWEEP) sweep.invoke(Duration.ofMinutes(1), Sweep::sweep);
    }

    /** Lifts a pause of the notice, as a person does. */
    void resume() {
        if (incidents.notice(NOTICE).isPresent()) incidents.with(NOTICE, Map.of());
    }

    /** Returns whether all queues are empty and all uploads are processed. */
    boolean queuesEmpty() {
        return pendingUploads == 0 && work.empty() && events.empty();
    }

    /** Returns whether every run is settled or refused. */
    boolean runsSettled() {
        return runs.runs().stream()
                .allMatch(run -> run.status() == RunStatus.SETTLED || run.status() == RunStatus.REFUSED);
    }

    /**
     * Records an exception that no fault explains. Faults explain two: a message may make no progress, and another sender may
     * settle and delete a chunk just before this one reads it. The message is delivered again and finds the chunk settled.
     */
    void unexpected(String function, Exception e) {
        if (e instanceof WorkException failed
                && (failed.code() == Code.NO_PROGRESS || failed.code() == Code.CHUNK_GONE)) return;
        trace.note(function, "threw", e);
        unexpectedErrors.add(function + " threw " + e);
    }

    private Intake intake(Instance instance, int chunkRows) {
        var peers = new IntakePorts(
                injector.port(instance, Lists.class, lists),
                injector.port(instance, Letters.class, letters),
                injector.port(instance, Keys.class, keys),
                injector.port(instance, Incidents.class, incidents),
                injector.port(instance, Runs.class, runs),
                injector.port(instance, Ledger.class, ledger),
                injector.port(instance, Chunks.class, chunks),
                injector.port(instance, Work.class, this::enqueue),
                injector.port(instance, Evidence.class, evidence),
                new FakePreviews(),
                new FakePreviewMails(),
                injector.port(instance, Accounts.class, ses.accounts()),
                instance.clock());
        return new Intake(
                peers, new IntakeLimits(10_000_000, 1_000, Set.of(SENDER), Language.ENGLISH, chunkRows, false));
    }

    private Dispatcher dispatcher(Instance instance) {
        var observed = injector.port(instance, Ledger.class, ledger);
        var ports = new DispatchPorts(
                injector.port(instance, Incidents.class, incidents),
                injector.port(instance, Letters.class, letters),
                injector.port(instance, Runs.class, runs),
                injector.port(instance, Chunks.class, chunks),
                observed,
                injector.port(instance, Work.class, this::enqueue),
                ses.mailer(instance, observed),
                injector.port(instance, Accounts.class, ses.accounts()));
        return new Dispatcher(ports, new DispatchLimits(SENDERS, STALE_AFTER), instance);
    }

    private Sweep sweeper(Instance instance) {
        var ports = new SweepPorts(
                injector.port(instance, Incidents.class, incidents),
                injector.port(instance, Runs.class, runs),
                injector.port(instance, Ledger.class, ledger),
                injector.port(instance, Work.class, this::enqueue),
                injector.port(instance, Accounts.class, ses.accounts()),
                injector.port(instance, Lists.class, lists),
                injector.port(instance, UnreachedLists.class, unreached));
        return new Sweep(ports, new SweepLimits(STALE_AFTER), instance);
    }

    /** Puts messages on the queue. A failed call may have put a part of its batch there. */
    private void enqueue(List<WorkMessage> messages, Duration delay) {
        for (var message : messages) {
            if (messages.size() > 1 && plan.occurs(Fault.REFUSED))
                throw new FaultInjector.Unavailable("part of a batch");
            if (!plan.occurs(Fault.MESSAGE_LOST)) work.put(message, delay);
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
