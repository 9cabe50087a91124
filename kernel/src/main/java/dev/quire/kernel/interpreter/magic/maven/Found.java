package dev.quire.kernel.interpreter.magic.maven;

import java.util.List;

/**
 * What a request comes to.
 *
 * @param added jars that were not on the class path, those asked for first
 * @param kept sentences on those that are there in another version
 */
record Found(List<Library> added, List<String> kept) {}
