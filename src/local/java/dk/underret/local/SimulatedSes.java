package dk.underret.local;

import com.fasterxml.jackson.databind.JsonNode;
import dk.underret.local.Journal.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A simulated SES v2 with SendEmail, GetAccount and GetEmailIdentity. It enforces sending rate, quota, tag syntax and verified
 * identities. It writes each accepted message to its {@link Journal} before it responds, and misbehaves as its {@link
 * MisbehaviourScript} says. {@code PUT /script} replaces the script; {@code PUT /verified} adds an identity.
 */
public final class SimulatedSes implements AutoCloseable {
    /**
     * The limits of the account.
     *
     * @param rate messages per second
     * @param quota messages in 24 hours; -1 for no limit
     * @param verified addresses and domains that may send; empty if all may
     */
    public record Account(double rate, long quota, Set<String> verified) {
        /** 200 messages per second, no quota, any sender. */
        public static final Account DEFAULT = new Account(200, -1, Set.of());
    }

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final String IDENTITIES = "/v2/email/identities/";

    private final WebServer server;
    private final Account account;
    private final Journal journal;
    private final SesEvents events;
    private final MisbehaviourScript script = new MisbehaviourScript();
    private final AtomicLong sendRequests = new AtomicLong();
    private final TokenBucket rateLimit;
    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    private SimulatedSes(int port, Account account, Journal journal, SesEvents events) throws IOException {
        this.account = account;
        this.journal = journal;
        this.events = events;
        this.rateLimit = new TokenBucket(account.rate());
        verified.addAll(account.verified());
        server = WebServer.start(port, this::answer);
    }

    /**
     * Starts a simulated SES in this process.
     *
     * @param port port, or 0 for a free one
     * @param outbox folder of the journal
     * @param events destination of the events; {@link SesEvents#NONE} for no events
     */
    static SimulatedSes start(int port, Account account, Path outbox, SesEvents events) throws IOException {
        return start(port, account, Journal.open(outbox), events);
    }

    private static SimulatedSes start(int port, Account account, Journal journal, SesEvents events) throws IOException {
        return new SimulatedSes(port, account, journal, events);
    }

    /**
     * Runs a simulated SES as a separate process until its standard input ends, and prints the endpoint. System properties: {@code
     * port} (default: a free one), {@code outbox} (folder of the journal), {@code letters} (whether to write each letter to a file;
     * default: yes), {@code rate}, {@code quota}, {@code feedback.queue} (URL of a queue; default: no events), and for an {@link
     * EventDisorder} {@code feedback.late} (seconds), {@code feedback.twice} (share) and {@code feedback.seed}.
     */
    public static void main(String[] arguments) throws Exception {
        var rate = Double.parseDouble(System.getProperty("rate", "200"));
        var account = new Account(rate, Long.getLong("quota", -1), Set.of());
        var outbox = Path.of(System.getProperty("outbox", "target/ses"));
        var journal = Journal.open(outbox, !System.getProperty("letters", "yes").equals("no"));
        var queue = Optional.ofNullable(System.getProperty("feedback.queue"));
        try (var events = queue.map(SimulatedSes::topic).orElse(SesEvents.NONE);
                var ses = start(Integer.getInteger("port", 0), account, journal, events)) {
            System.out.println(ses.url());
            InputStream in = System.in;
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static SesEvents topic(String queue) {
        var url = URI.create(queue);
        var disorder = new EventDisorder(
                Long.getLong("feedback.seed", 0),
                Integer.getInteger("feedback.late", 0),
                Double.parseDouble(System.getProperty("feedback.twice", "0")));
        return new SnsTopic(Clients.sqs(URI.create(url.getScheme() + "://" + url.getAuthority())), queue, disorder);
    }

    /** Returns the endpoint. */
    public String url() {
        return server.url();
    }

    /** Returns the script that controls its misbehaviour. */
    public MisbehaviourScript script() {
        return script;
    }

    /** Returns the number of SendEmail requests. */
    public long sendRequests() {
        return sendRequests.get();
    }

    /** Returns the number of accepted messages. */
    public long accepted() {
        return journal.count();
    }

    @Override
    public void close() throws IOException {
        server.close();
        journal.close();
    }

    private Response answer(Request request) throws IOException {
        var path = request.path();
        return switch (request.method() + " " + path) {
            case "POST /v2/email/outbound-emails" -> send(Json.read(request.body()));
            case "GET /v2/email/account" -> Response.json(200, accountResponse());
            case "PUT /script" -> {
                script.read(request.text());
                yield Response.status(204);
            }
            case "PUT /verified" -> {
                verified.add(request.text().trim());
                yield Response.status(204);
            }
            default ->
                path.startsWith(IDENTITIES) && request.method().equals("GET")
                        ? identity(path.substring(IDENTITIES.length()))
                        : Response.error(404, "NotFoundException", "the simulated SES does not support this request");
        };
    }

    private Map<String, Object> accountResponse() {
        var quota = Map.of(
                "Max24HourSend", (double) account.quota(),
                "MaxSendRate", account.rate(),
                "SentLast24Hours", (double) journal.count());
        return Map.of(
                "SendQuota", quota,
                "SendingEnabled", true,
                "ProductionAccessEnabled", true,
                "EnforcementStatus", "HEALTHY",
                "DedicatedIpAutoWarmupEnabled", false);
    }

    private Response identity(String name) {
        if (!isVerified(name)) return Response.error(404, "NotFoundException", "Email identity does not exist.");
        var type = name.contains("@") ? "EMAIL_ADDRESS" : "DOMAIN";
        return Response.json(
                200, Map.of("IdentityType", type, "VerifiedForSendingStatus", true, "VerificationStatus", "SUCCESS"));
    }

    private boolean isVerified(String identity) {
        var name = identity.toLowerCase(Locale.ROOT);
        return verified.isEmpty()
                || verified.contains(name)
                || verified.contains(name.substring(name.indexOf('@') + 1));
    }

    private Response send(JsonNode request) throws IOException {
        var to = texts(request.at("/Destination/ToAddresses")).stream()
                .map(SimulatedSes::bareAddress)
                .toList();
        if (to.isEmpty()) return Response.error(400, "BadRequestException", "Destination is required.");
        sendRequests.incrementAndGet();
        var misbehaviour = script.next(to.getFirst());
        if (misbehaviour == Misbehaviour.SILENCE) return new Response.Silence();
        var refusal = misbehaviour.refusal().or(() -> refusal(request));
        if (refusal.isPresent()) {
            if (misbehaviour.refusal().isPresent()) journal.recordMisbehaviour(misbehaviour, to.getFirst());
            return Response.error(
                    refusal.get().status(), refusal.get().code(), refusal.get().message());
        }
        var message = message(request, to);
        journal.write(message);
        if (misbehaviour != Misbehaviour.NONE) journal.recordMisbehaviour(misbehaviour, to.getFirst());
        events.accepted(message);
        return answer(misbehaviour, Json.write(Map.of("MessageId", message.messageId())));
    }

    private static Response answer(Misbehaviour misbehaviour, String body) {
        return switch (misbehaviour) {
            case STALL -> new Response.Silence();
            case RESET -> new Response.Bytes(new byte[0], true);
            case END_OF_STREAM -> new Response.Bytes(new byte[0], false);
            case GARBAGE_200 -> Response.of(200, "application/json", "<html>no JSON</html>");
            case CUT_200 -> new Response.Bytes(truncated(body), false);
            case ERROR_500 -> Response.error(500, "InternalServiceErrorException", "Internal error.");
            case ERROR_503 -> Response.error(503, "ServiceUnavailable", "Service unavailable.");
            default -> Response.of(200, "application/json", body);
        };
    }

    private static byte[] truncated(String body) {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body.substring(0, body.length() / 2)).getBytes(StandardCharsets.US_ASCII);
    }

    private Optional<Misbehaviour.Refusal> refusal(JsonNode request) {
        var simple = request.at("/Content/Simple");
        for (var tag : request.path("EmailTags"))
            if (!TAG.matcher(tag.path("Name").asText()).matches()
                    || !TAG.matcher(tag.path("Value").asText()).matches())
                return Optional.of(new Misbehaviour.Refusal(400, "BadRequestException", "Invalid tag."));
        if (simple.at("/Subject/Data").isMissingNode() || simple.path("Body").isEmpty())
            return Optional.of(new Misbehaviour.Refusal(400, "BadRequestException", "Content.Simple is required."));
        if (!isVerified(bareAddress(request.path("FromEmailAddress").asText())))
            return Misbehaviour.NOT_VERIFIED_AS_REJECTED.refusal();
        if (account.quota() >= 0 && journal.count() >= account.quota()) return Misbehaviour.QUOTA.refusal();
        return rateLimit.tryTake() ? Optional.empty() : Misbehaviour.THROTTLED.refusal();
    }

    private static Message message(JsonNode request, List<String> to) {
        var simple = request.at("/Content/Simple");
        return new Message(
                "0102" + UUID.randomUUID().toString().substring(4) + "-000000",
                Journal.now(),
                request.path("FromEmailAddress").asText(),
                to,
                simple.at("/Subject/Data").asText(),
                simple.at("/Body/Text/Data").asText(),
                simple.at("/Body/Html/Data").asText(),
                headers(request, simple),
                pairs(request.path("EmailTags")));
    }

    private static Map<String, String> headers(JsonNode request, JsonNode simple) {
        var headers = pairs(simple.path("Headers"));
        var replyTo = texts(request.path("ReplyToAddresses"));
        if (!replyTo.isEmpty()) headers.put("Reply-To", String.join(", ", replyTo));
        var set = request.path("ConfigurationSetName").asText("");
        if (!set.isEmpty()) headers.put("X-SES-CONFIGURATION-SET", set);
        return headers;
    }

    private static Map<String, String> pairs(JsonNode list) {
        var pairs = new LinkedHashMap<String, String>();
        list.forEach(
                pair -> pairs.put(pair.path("Name").asText(), pair.path("Value").asText()));
        return pairs;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Returns the address of {@code Name <address>} without the name. */
    static String bareAddress(String address) {
        var open = address.lastIndexOf('<');
        return (open < 0
                        ? address
                        : Arrays.asList(address.substring(open + 1).split(">")).getFirst())
                .trim();
    }
}
