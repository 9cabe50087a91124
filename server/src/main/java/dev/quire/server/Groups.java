package dev.quire.server;

import dev.quire.server.about.DocsRoutes;
import dev.quire.server.about.HealthRoutes;
import dev.quire.server.about.MetricsRoutes;
import dev.quire.server.deploy.DeploymentRoutes;
import dev.quire.server.find.FindRoutes;
import dev.quire.server.http.OpenApi;
import dev.quire.server.http.Routes;
import dev.quire.server.infer.InferRoutes;
import dev.quire.server.job.ConfigurationRoutes;
import dev.quire.server.job.JobRoutes;
import dev.quire.server.job.LiveRoutes;
import dev.quire.server.model.ModelRoutes;
import dev.quire.server.oip.ProtocolRoutes;
import dev.quire.server.page.PageRoutes;
import java.util.ArrayList;
import java.util.List;

/** All groups of routes. A group that stands here is served, described and guarded. */
final class Groups {
    private static final String VERSION = "1";

    private Groups() {}

    static List<Routes> all(Parts parts) {
        List<Routes> groups = new ArrayList<>();
        groups.add(new ModelRoutes(parts.models(), parts.shelf()));
        groups.add(new JobRoutes(parts.jobs(), parts.shelf(), parts.models(), parts.configurations()));
        groups.add(new ConfigurationRoutes(parts.configurations()));
        groups.add(new LiveRoutes(parts.jobs(), parts.live(), parts.options().runs()));
        groups.add(new HealthRoutes(parts::fault));
        groups.add(new MetricsRoutes(parts.figures()));
        groups.add(new FindRoutes(parts.finder(), parts.inference()));
        groups.add(new DeploymentRoutes(parts.deployments(), parts.inference()));
        groups.add(new ProtocolRoutes(parts.deployments(), parts.inference(), VERSION));
        groups.add(new PageRoutes());
        groups.add(new InferRoutes(parts.inference()));
        groups.add(new DocsRoutes(() -> OpenApi.document(groups, VERSION)));
        return List.copyOf(groups);
    }
}
