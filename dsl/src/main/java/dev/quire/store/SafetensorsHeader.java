package dev.quire.store;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.zip.CRC32C;

/** What a header holds beside the tensors, for those who read it and who write it. */
final class SafetensorsHeader {
    /** The metadata key that holds the checksum of the file, written by Quire and checked where it is there. */
    static final String CHECKSUM = "quire.crc32c";

    static final String METADATA = "__metadata__";

    /** Stands in the place of the checksum while it is computed. */
    static final String BLANK = "00000000";

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SafetensorsHeader() {}

    /** A checksum as the header holds it. */
    static String checksum(CRC32C crc) {
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
