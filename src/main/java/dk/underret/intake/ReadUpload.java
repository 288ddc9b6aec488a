package dk.underret.intake;

import dk.underret.incident.NoticeId;
import dk.underret.run.Run;

/**
 * An upload as far as it was read.
 *
 * @param incident the incident's id; empty when the key names none
 * @param notice the notice's id; empty when the key names none
 * @param sha256 SHA-256 of its bytes, lower-case hex; empty when it was not read to its end
 * @param rows the number of rows with people
 */
record ReadUpload(Upload upload, String incident, String notice, String sha256, long rows) {
    /** Returns an upload that is refused before it is read. */
    static ReadUpload unread(Upload upload, NoticeId notice) {
        return new ReadUpload(upload, notice.incident(), notice.notice(), "", 0);
    }

    /** The id of the run that the upload makes. */
    String run() {
        return upload.run();
    }

    /** The list version that the run records. */
    Run.ListVersion version() {
        return new Run.ListVersion(upload.bucket(), upload.key(), upload.version(), sha256, upload.principal());
    }
}
