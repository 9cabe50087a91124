package dev.quire.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.run.record.Cell;
import dev.quire.store.WholeFile;
import dev.quire.train.Plan;
import dev.quire.train.json.SpecJson;
import java.io.IOException;
import java.util.Locale;

/** The parts of a record that are known before the first step: what is trained on what, how, and from which cells. */
final class Description {
    private Description() {}

    static void write(RunFolder folder, Plan plan, Cells.Told told) throws IOException {
        WholeFile.write(folder.spec(), spec(plan));
        WholeFile.write(folder.model(), Identity.model(plan.model()));
        RunFolder.write(folder.data(), data(plan.data()));
        ObjectNode cells = JsonNodeFactory.instance.objectNode();
        ArrayNode before = cells.putArray("before");
        told.before().forEach(cell -> write(cell, before.addObject()));
        told.now().ifPresent(cell -> write(cell, cells.putObject("now")));
        RunFolder.write(folder.cells(), cells);
    }

    private static void write(Cell cell, ObjectNode out) {
        out.put("number", cell.number()).put("source", cell.source()).put("ending", cell.ending());
        if (!cell.id().isEmpty()) {
            out.put("id", cell.id());
        }
    }

    /** The specification as JSON; in words where a class of one's own has no JSON. */
    static String spec(Plan plan) {
        try {
            return SpecJson.write(plan.spec());
        } catch (QuireException ownClass) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("words", plan.spec().words())
                    .toString();
        }
    }

    /** What a dataset is and where it is from, without its examples. */
    static ObjectNode data(Dataset data) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("name", data.name()).put("identity", Identity.data(data)).put("fingerprint", data.fingerprint());
        data.classes().forEach(out.putArray("classes")::add);
        ObjectNode splits = out.putObject("splits");
        data.splits().forEach((split, examples) -> splits.put(split.name().toLowerCase(Locale.ROOT), examples.count()));
        ObjectNode fields = out.putObject("fields");
        data.fields().forEach(field -> fields.put(field.name(), field.type() + " " + field.shape()));
        data.transforms().forEach(each -> out.withArray("transforms").add(each.toString()));
        data.augmentations().forEach(each -> out.withArray("augmentations").add(each.toString()));
        out.put("source", Environment.withoutHome(data.origin().source()))
                .put("licence", data.origin().licence());
        out.put("citation", data.origin().citation());
        data.reader()
                .ifPresent(reader -> out.putObject("tokenizer")
                        .put("tokens", reader.vocabulary())
                        .put("sha256", reader.fingerprint()));
        ArrayNode remarks = out.putArray("remarks");
        data.origin().remarks().forEach(remark -> remarks.add(Environment.withoutHome(remark)));
        return out;
    }
}
