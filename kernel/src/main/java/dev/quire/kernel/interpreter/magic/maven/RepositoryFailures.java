package dev.quire.kernel.interpreter.magic.maven;

import dev.quire.QuireException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.RepositoryOfflineException;

/** Words what a search in repositories failed of. */
final class RepositoryFailures {
    private RepositoryFailures() {}

    /**
     * @param repositories those that were tried
     * @param isOffline whether Maven's settings forbid to ask them
     */
    static QuireException worded(RepositoryException failure, List<RemoteRepository> repositories, boolean isOffline) {
        Optional<ArtifactTransferException> transfer = causes(failure)
                .filter(ArtifactTransferException.class::isInstance)
                .map(ArtifactTransferException.class::cast)
                .reduce((outer, inner) -> inner);
        if (transfer.isEmpty()) {
            return new QuireException("%maven: " + innermost(failure), failure);
        }
        String what = name(transfer.get().getArtifact());
        if (isOffline || causes(failure).anyMatch(RepositoryOfflineException.class::isInstance)) {
            return new QuireException(
                    "%maven: " + what + " is not in the local repository, and Maven's settings say offline", failure);
        }
        String places = repositories.stream()
                .map(repository -> repository.getId() + " (" + repository.getUrl() + ")")
                .collect(Collectors.joining(", "));
        return transfer.get() instanceof ArtifactNotFoundException
                ? new QuireException(
                        "%maven: " + what + " was not found in the local repository and " + places, failure)
                : new QuireException(
                        "%maven: " + what + " is not in the local repository, and cannot be fetched from " + places
                                + ": " + innermost(failure),
                        failure);
    }

    private static String name(Artifact artifact) {
        Coordinates coordinates = new Coordinates(
                artifact.getGroupId(), artifact.getArtifactId(), artifact.getVersion(), artifact.getClassifier());
        return coordinates.toString();
    }

    private static String innermost(Throwable failure) {
        return causes(failure)
                .reduce((outer, inner) -> inner)
                .map(cause -> Objects.requireNonNullElse(
                        cause.getMessage(), cause.getClass().getSimpleName()))
                .orElse("");
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(20);
    }
}
