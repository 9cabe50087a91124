package dev.quire.kernel.interpreter.magic.maven;

import dev.quire.QuireException;
import dev.quire.view.ProgressLine;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.MavenSystemHome;
import eu.maveniverse.maven.mima.context.MavenUserHome;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsBuilder;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;
import org.eclipse.aether.util.repository.SimpleResolutionErrorPolicy;
import org.jspecify.annotations.Nullable;

/** One search in repositories, with Maven's own rules and settings. */
final class Resolution {
    private static final String JAR = "jar";

    static {
        // It warns with a stack trace of what the user is told in one line.
        System.setProperty("org.slf4j.simpleLogger.log.org.eclipse.aether", "error");
    }

    private final @Nullable Path home;
    private final ClassPath classPath;

    Resolution(@Nullable Path home, ClassPath classPath) {
        this.home = home;
        this.classPath = classPath;
    }

    /**
     * The jars that are missing of these and of all they need at run time.
     *
     * @throws QuireException when something is not found, or cannot be fetched
     */
    Found find(List<Coordinates> wanted) {
        ContextOverrides.Builder settings = ContextOverrides.create().withUserSettings(true);
        if (home != null) {
            settings.withMavenUserHomeOverride(home);
        }
        OfflineRuntime runtime = new OfflineRuntime();
        ProgressLine progress = ProgressLine.onScreen();
        try (Context context = runtime.create(settings.build())) {
            DefaultRepositorySystemSession session =
                    new DefaultRepositorySystemSession(context.repositorySystemSession());
            session.setOffline(runtime.isOffline);
            session.setTransferListener(new Transfers(progress));
            // What was not there an hour ago may be there now: a person asks, not a build.
            session.setResolutionErrorPolicy(new SimpleResolutionErrorPolicy(false, false));
            return find(wanted, context, session);
        } finally {
            progress.close();
        }
    }

    private Found find(List<Coordinates> wanted, Context context, DefaultRepositorySystemSession session) {
        try {
            CollectRequest request = new CollectRequest(
                    wanted.stream().map(Resolution::dependency).toList(), List.of(), context.remoteRepositories());
            DependencyNode root = context.repositorySystem()
                    .collectDependencies(session, request)
                    .getRoot();
            PreorderNodeListGenerator nodes = new PreorderNodeListGenerator();
            root.accept(nodes);
            Map<Coordinates, ArtifactRequest> missing = new LinkedHashMap<>();
            List<String> kept = new ArrayList<>();
            for (DependencyNode node : nodes.getNodes()) {
                if (isNeeded(node)) {
                    decide(node, missing, kept);
                }
            }
            List<Library> added = new ArrayList<>();
            for (ArtifactResult result :
                    context.repositorySystem().resolveArtifacts(session, List.copyOf(missing.values()))) {
                added.add(library(result.getArtifact()));
            }
            return new Found(added, kept);
        } catch (RepositoryException e) {
            throw RepositoryFailures.worded(e, context.remoteRepositories(), session.isOffline());
        }
    }

    private void decide(DependencyNode node, Map<Coordinates, ArtifactRequest> missing, List<String> kept) {
        Coordinates coordinates = coordinates(node.getArtifact());
        classPath
                .version(coordinates)
                .ifPresentOrElse(
                        version -> {
                            if (!version.equals(coordinates.version())) {
                                kept.add("%s %s is on the class path already and stays; %s is not added"
                                        .formatted(coordinates.artifact(), version, coordinates.version()));
                            }
                        },
                        () -> missing.put(coordinates, new ArtifactRequest(node)));
    }

    private static boolean isNeeded(DependencyNode node) {
        String scope = node.getDependency().getScope();
        return !scope.equals(JavaScopes.TEST)
                && !scope.equals(JavaScopes.PROVIDED)
                && !scope.equals(JavaScopes.SYSTEM)
                && node.getArtifact().getExtension().equals(JAR);
    }

    private static Dependency dependency(Coordinates wanted) {
        return new Dependency(
                new DefaultArtifact(wanted.group(), wanted.artifact(), wanted.classifier(), JAR, wanted.version()),
                JavaScopes.RUNTIME);
    }

    private static Coordinates coordinates(Artifact artifact) {
        return new Coordinates(
                artifact.getGroupId(), artifact.getArtifactId(), artifact.getVersion(), artifact.getClassifier());
    }

    private static Library library(Artifact artifact) {
        File file = artifact.getFile();
        if (file == null) {
            throw new QuireException("%maven: " + artifact + " has no file");
        }
        return new Library(coordinates(artifact), file.toPath());
    }

    /** MIMA reads the settings but leaves out that they say offline. */
    private static final class OfflineRuntime extends StandaloneStaticRuntime {
        private boolean isOffline;

        @Override
        protected Settings newEffectiveSettings(
                ContextOverrides overrides, MavenUserHome user, MavenSystemHome system, SettingsBuilder builder)
                throws SettingsBuildingException {
            Settings settings = super.newEffectiveSettings(overrides, user, system, builder);
            isOffline = settings != null && settings.isOffline();
            return settings;
        }
    }
}
