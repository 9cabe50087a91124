package dev.quire.server;

import dev.quire.server.about.DocsRoutes;
import dev.quire.server.about.HealthRoutes;
import dev.quire.server.about.MetricsRoutes;
import dev.quire.server.agent.AgentRoutes;
import dev.quire.server.bundle.Bundles;
import dev.quire.server.bundle.DatasetFolders;
import dev.quire.server.contract.CanvasEditor;
import dev.quire.server.contract.Contract;
import dev.quire.server.contract.Contracts;
import dev.quire.server.contract.DigitLaboratory;
import dev.quire.server.contract.ModelStore;
import dev.quire.server.contract.PlatformConfigurations;
import dev.quire.server.contract.PlatformMetrics;
import dev.quire.server.contract.Prefixed;
import dev.quire.server.contract.TrainingPlatform;
import dev.quire.server.contract.TrainingService;
import dev.quire.server.dataset.DatasetRoutes;
import dev.quire.server.deploy.DeploymentRoutes;
import dev.quire.server.find.FindRoutes;
import dev.quire.server.http.OpenApi;
import dev.quire.server.http.Routes;
import dev.quire.server.infer.InferRoutes;
import dev.quire.server.job.ConfigurationRoutes;
import dev.quire.server.job.Job;
import dev.quire.server.job.JobRoutes;
import dev.quire.server.job.LiveRoutes;
import dev.quire.server.job.Orders;
import dev.quire.server.model.ModelRoutes;
import dev.quire.server.oip.ProtocolRoutes;
import dev.quire.server.page.PageRoutes;
import dev.quire.server.project.ProjectRoutes;
import dev.quire.server.run.RunRoutes;
import dev.quire.server.session.SessionRoutes;
import dev.quire.server.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All groups of routes. A group that stands here is served, described and guarded. */
final class Groups {
    private static final String VERSION = "1";

    private Groups() {}

    static List<Routes> all(Parts parts) {
        List<Routes> groups = new ArrayList<>();
        Orders orders = new Orders(parts.shelf(), parts.models(), parts.configurations());
        Sessions sessions = new Sessions(
                parts.jobs(), parts.live(), parts.shelf(), parts.options().runs());
        groups.add(new ModelRoutes(parts.models(), parts.shelf()));
        groups.add(new JobRoutes(parts.jobs(), orders));
        groups.add(new SessionRoutes(sessions, orders));
        groups.add(new RunRoutes(parts.records()));
        groups.add(new DatasetRoutes(parts.shelf(), parts.options().folder().resolve("incoming")));
        groups.add(new ConfigurationRoutes(parts.configurations()));
        groups.add(new ProjectRoutes(parts.projects(), orders));
        groups.add(new AgentRoutes(parts.agents()));
        LiveRoutes live =
                new LiveRoutes(parts.jobs(), parts.live(), parts.options().runs());
        Bundles bundles = new Bundles(parts.options().folder().resolve("bundles"), parts.records());
        parts.jobs().whenTrained(trained(parts, bundles));
        groups.add(live);
        groups.add(new HealthRoutes(parts::fault));
        groups.add(new MetricsRoutes(parts.figures()));
        groups.add(new FindRoutes(parts.finder(), parts.inference()));
        groups.add(new DeploymentRoutes(parts.deployments(), parts.inference()));
        groups.add(new ProtocolRoutes(parts.deployments(), parts.inference(), VERSION));
        groups.add(new PageRoutes());
        groups.add(new InferRoutes(parts.inference()));
        contracts(parts, orders, sessions, bundles, live).forEach(groups::add);
        groups.add(new DocsRoutes(() -> OpenApi.document(groups, VERSION)));
        return List.copyOf(groups);
    }

    /** Who asked for files in a form of their own gets them. */
    private static Consumer<Job> trained(Parts parts, Bundles bundles) {
        DatasetFolders folders = new DatasetFolders(parts.options().folder(), parts.records(), PlatformMetrics::name);
        return job -> {
            bundles.complete(job);
            if (parts.projects().isOfContract(job.id())) {
                folders.write(job);
            }
        };
    }

    /** Those that are on, each below its prefix. */
    private static List<Routes> contracts(
            Parts parts, Orders orders, Sessions sessions, Bundles bundles, LiveRoutes live) {
        Contracts wanted = parts.options().contracts();
        return wanted.prefixes().keySet().stream()
                .<Routes>map(each ->
                        new Prefixed(wanted.prefix(each), contract(each, parts, orders, sessions, bundles, live)))
                .toList();
    }

    private static Routes contract(
            Contract contract, Parts parts, Orders orders, Sessions sessions, Bundles bundles, LiveRoutes live) {
        return switch (contract) {
            case CANVAS ->
                new CanvasEditor(
                        parts.jobs(), orders, parts.records(), bundles, parts.inference(), parts.deployments(), live);
            case DIGITS -> new DigitLaboratory(sessions, orders, parts.finder(), parts.inference());
            case STORE -> new ModelStore(parts.models(), parts.jobs(), orders, parts.inference());
            case PLATFORM ->
                new TrainingPlatform(
                        parts.projects(),
                        orders,
                        parts.agents(),
                        live,
                        new PlatformConfigurations(parts.shelf(), parts.models()));
            case TRAINING ->
                new TrainingService(
                        parts.jobs(),
                        orders,
                        parts.models(),
                        parts.configurations(),
                        parts.shelf(),
                        parts.records(),
                        bundles);
        };
    }
}
