package dev.quire.server.page;

import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

/** The application: one page for all addresses below {@code /app}, and the files it is made of. */
public final class PageRoutes implements Routes {
    private static final List<String> PAGES = List.of("train", "draw", "runs", "projects", "jobs", "deployments");

    /** No script and no style but the files of the application; nothing from elsewhere. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final PageFiles files = new PageFiles();

    @Override
    public String group() {
        return "pages";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/", "Leads to the application")
                        .answers(302, Schema.text("text/plain"))
                        .by(context -> context.redirect("/app/train", HttpStatus.FOUND)),
                Route.get("/app", "Leads to the application")
                        .answers(302, Schema.text("text/plain"))
                        .by(context -> context.redirect("/app/train", HttpStatus.FOUND)),
                Route.get("/app/{page}", "A page of the application: train, draw, runs, projects, jobs, deployments")
                        .answers(200, Schema.text("text/html"))
                        .by(this::page),
                Route.get("/app/files/{version}/{file}", "A file of the application")
                        .answers(
                                200,
                                Schema.text("text/javascript"),
                                Schema.text("text/css"),
                                Schema.text("image/svg+xml"))
                        .by(this::file));
    }

    private void page(Context context) {
        if (!PAGES.contains(context.pathParam("page"))) {
            throw Problem.missing("the application has no such page", "see /app/train");
        }
        context.header("Content-Security-Policy", POLICY);
        context.html(files.page());
    }

    private void file(Context context) {
        PageFiles.File file = files.find(context.pathParam("file"))
                .orElseThrow(() -> Problem.missing("the application has no such file", "load the page again"));
        if (context.pathParam("version").equals(files.version())) {
            context.header("Cache-Control", "public, max-age=31536000, immutable");
        }
        context.contentType(file.type() + "; charset=utf-8").result(file.content());
    }
}
