package dev.quire.kernel.interpreter.magic.maven;

import java.nio.file.Path;

/** A jar of a repository that lies on this machine. */
record Library(Coordinates coordinates, Path file) {}
