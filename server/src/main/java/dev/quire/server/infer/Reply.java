package dev.quire.server.infer;

import dev.quire.data.HostTensor;
import java.util.Map;

/**
 * What a model answered to one request.
 *
 * @param outputs by name, with as many rows as the request had
 * @param milliseconds the call of the model took, with all that was joined to it
 * @param joined rows in that call, those of other requests included
 */
public record Reply(Map<String, HostTensor> outputs, double milliseconds, int joined) {}
