package dk.underret.dispatch;

import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.SentLetter;
import dk.underret.ledger.Tally;
import dk.underret.letter.LetterSource;
import dk.underret.letter.Letters;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.EmailAddressParser;
import dk.underret.recipient.Recipient;
import dk.underret.run.Accounts;
import dk.underret.run.Accounts.Account;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRecord;
import dk.underret.run.ChunkRow;
import dk.underret.run.Run;
import dk.underret.run.Run.ListVersion;
import dk.underret.run.RunStatus;
import dk.underret.run.Work;
import dk.underret.run.WorkMessage;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeChunks;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLists;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.FakeUnreachedLists;
import dk.underret.testing.FakeWork;
import dk.underret.testing.SendRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A dispatcher over in-memory fakes, with one run of one chunk. Row numbers start at 2, below the header. */
public final class DispatchFixture {
    public static final String RUN = "0123456789abcdef0123456789abcdef";
    public static final String OTHER_RUN = "fedcba9876543210fedcba9876543210";
    public static final NoticeId NOTICE = new NoticeId("break-in", "main");
    public static final WorkMessage MESSAGE = WorkMessage.first(RUN, 0);
    public static final Duration STALE = Duration.ofMinutes(15);
    public static final Duration REMAINING = Duration.ofMinutes(10);
    private static final LetterSource SOURCE = new LetterSource(
            "breach-notice", "da", "v1", "Subject: Til {{recipient.name}}\n\nKære {{recipient.name}}\n");

    public static final FrozenLetter LETTER = SOURCE.frozen();

    public final FakeTimeSource time = new FakeTimeSource();
    public final FakeIncidents incidents = new FakeIncidents().approved(NOTICE.incident());
    public final FakeRuns runs = new FakeRuns();
    public final FakeChunks chunks = new FakeChunks();
    public final FakeLedger ledger = new FakeLedger();
    public final FakeWork work = new FakeWork();
    public final FakeMailer mailer = new FakeMailer();
    public final FakeAccounts accounts = new FakeAccounts();
    public final FakeLists lists = new FakeLists();
    public final FakeUnreachedLists unreached = new FakeUnreachedLists();
    public int chunksOfRun = 1;
    public int inFlight = 100;
    public int compiled;

    public DispatchFixture() {
        accounts.set(new Account(1000, -1, 0, true, true));
        incidents.freeze(frozen(List.of(LETTER)));
    }

    public static FrozenNotice frozen(List<FrozenLetter> letters) {
        Map<String, Object> facts = Map.of(
                "language",
                "da",
                "sender",
                Map.of("from", "Skolen <brev@skole.example>", "reply_to", "svar@skole.example"));
        return new FrozenNotice(
                NOTICE, facts, "facts-hash", letters, List.of("email", "name"), 1, FakeTimeSource.START, RUN);
    }

    /** Plans a run of one chunk. */
    public DispatchFixture with(ChunkRow... rows) {
        return with(List.of(rows));
    }

    public DispatchFixture with(List<? extends ChunkRow> rows) {
        var chunk = new Chunk(RUN, 0, List.copyOf(rows));
        runs.create(new Run(
                RUN,
                NOTICE.incident(),
                NOTICE.notice(),
                RunStatus.SENDING,
                new ListVersion("uploads", "incidents/break-in/list.csv", "v7", "hash", "principal"),
                "facts-hash",
                List.of(LETTER),
                chunksOfRun,
                chunksOfRun,
                rows.size(),
                Tally.NONE,
                Map.of(),
                FakeTimeSource.START,
                Optional.empty()));
        var sha256 = chunks.put(chunk);
        runs.createChunks(List.of(new ChunkRecord(RUN, 0, 2, rows.size(), sha256, Tally.NONE, Optional.empty())));
        return this;
    }

    public static List<ChunkRow.Send> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> person(i + 2)).toList();
    }

    public static ChunkRow.Send person(long row) {
        return person(row, "person" + row + "@post.example");
    }

    public static ChunkRow.Send person(long row, String email) {
        return person(row, Map.of("email", email, "name", "Person " + row), "da");
    }

    /** Creates a row as Intake plans it: with its address in the form that SES accepts, and the locale of its letter. */
    public static ChunkRow.Send person(long row, Map<String, String> values, String locale) {
        var person = new Recipient(row, values);
        if (EmailAddressParser.parse(person.email()) instanceof EmailAddress.Valid to)
            return new ChunkRow.Send(recipient(row), person, to, locale);
        throw new IllegalArgumentException("row " + row + " has no address");
    }

    public static ChunkRow.Invalid invalid(long row) {
        return new ChunkRow.Invalid(row, recipient(row), List.of(FindingCode.BAD_ADDRESS, FindingCode.WIDTH));
    }

    public static String recipient(long row) {
        return "%064x".formatted(row);
    }

    public static SendKey key(long row) {
        return new SendKey(NOTICE, recipient(row));
    }

    /** Puts a record of an earlier claim of the given age in the ledger. */
    public void recorded(long row, SendStatus status, String run, Duration ago) {
        var at = time.now().minus(ago);
        ledger.put(SendRecords.of(
                key(row),
                status,
                1,
                "token-of-an-earlier-one",
                new Origin(run, row),
                Optional.of(new SentLetter(LetterVersion.of(LETTER), "digest")),
                Optional.empty(),
                Optional.empty(),
                Map.of(status, at)));
    }

    public Dispatcher dispatcher() {
        return dispatcher(ledger);
    }

    public Dispatcher dispatcher(Ledger withLedger) {
        return dispatcher(withLedger, work, accounts, 2);
    }

    public Dispatcher dispatcher(Ledger withLedger, Work queue, Accounts figures, int senders) {
        var ports = new DispatchPorts(incidents, new OneLetter(), runs, chunks, withLedger, queue, mailer, figures);
        return new Dispatcher(ports, new DispatchLimits(senders, STALE, Duration.ofSeconds(30), inFlight), time);
    }

    public Dispatched dispatch() {
        return dispatch(MESSAGE, REMAINING);
    }

    public Dispatched dispatch(WorkMessage message, Duration remaining) {
        return dispatcher().dispatch(message, remaining);
    }

    /** Processes the queue until it is empty, after the delay of each message; stops after 100 messages. */
    public List<Dispatched> drain(WorkMessage first) {
        var results = new ArrayList<Dispatched>();
        results.add(dispatch(first, REMAINING));
        for (int i = 0; i < work.messages().size() && i < 100; i++) {
            time.pass(work.delays().get(i));
            results.add(dispatch(work.messages().get(i), REMAINING));
        }
        return results;
    }

    public SendRecord record(long row) {
        return Optional.ofNullable(ledger.records().get(key(row))).orElseThrow();
    }

    public List<String> sentTo() {
        return mailer.posted().stream().map(Mailer.Message::to).sorted().toList();
    }

    private final class OneLetter implements Letters {
        @Override
        public Optional<LetterSource> newest(String name, String locale) {
            return Optional.empty();
        }

        @Override
        public List<String> locales(String name) {
            return List.of("da");
        }

        @Override
        public LetterSource frozen(FrozenLetter letter) {
            if (!letter.equals(LETTER)) throw new IllegalStateException("no such version");
            compiled++;
            return SOURCE;
        }
    }
}
