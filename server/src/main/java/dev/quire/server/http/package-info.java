/** Routes, what they answer, and the OpenAPI document that tells of them. */
@NullMarked
package dev.quire.server.http;

import org.jspecify.annotations.NullMarked;
