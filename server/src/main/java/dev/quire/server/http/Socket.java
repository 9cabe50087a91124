package dev.quire.server.http;

import io.javalin.websocket.WsConfig;
import java.util.function.Consumer;

/**
 * A WebSocket route.
 *
 * @param path with parameters in braces
 * @param summary one sentence
 * @param handler what is done on connect, message and close
 */
public record Socket(String path, String summary, Consumer<WsConfig> handler) {}
