package dev.quire.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookFileTest {
    @TempDir
    Path folder;

    /** As Jupyter wrote it. */
    private static final String WRITTEN = """
            {
             "cells": [
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "a1",
               "metadata": {
                "editor": {
                 "width": 1.50
                }
               },
               "outputs": [
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "\\u001b[31mrot\\u001b[0m ünï \\t\\"q\\"\\n"
                 ]
                }
               ],
               "source": [
                "int x = 1;\\n",
                "x"
               ]
              },
              {
               "cell_type": "markdown",
               "id": "b2",
               "metadata": {},
               "source": []
              }
             ],
             "metadata": {
              "authors": [],
              "kernelspec": {
               "display_name": "Quire (Java)",
               "language": "java",
               "name": "quire"
              },
              "language_info": {
               "codemirror_mode": "text/x-java",
               "file_extension": ".java",
               "mimetype": "text/x-java-source",
               "name": "java",
               "pygments_lexer": "java"
              }
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """;

    @Test
    void a_notebook_is_written_as_jupyter_wrote_it() throws IOException {
        Path file = folder.resolve("a.ipynb");
        Notebook notebook = Notebook.of(WRITTEN, "a");
        notebook.stamp();
        notebook.write(file);
        assertThat(file).hasContent(WRITTEN);
        assertThat(Files.readString(file)).endsWith("}\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void an_older_notebook_gains_ids_and_lists_of_lines() {
        Notebook notebook = Notebook.of("""
                {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [
                {"cell_type": "markdown", "source": "# one\\ntwo"},
                {"cell_type": "markdown", "source": "# one\\ntwo"}]}
                """, "old");
        notebook.stamp();
        assertThat(notebook.cells())
                .extracting(cell -> cell.node().path("id").asText())
                .doesNotHaveDuplicates();
        assertThat(notebook.text())
                .contains("\"nbformat_minor\": 5")
                .contains("\"# one\\n\",\n    \"two\"")
                .contains("\"name\": \"quire\"");
    }

    @Test
    void a_link_is_followed_when_a_notebook_is_written() throws IOException {
        Path file = Files.createFile(folder.resolve("real.ipynb"));
        Path link = Files.createSymbolicLink(folder.resolve("link.ipynb"), file);
        Notebook.of(WRITTEN, "a").write(link);
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent(WRITTEN);
    }

    @Test
    void what_is_no_notebook_is_refused() throws IOException {
        assertRefused("{", "x.ipynb is not a notebook: invalid JSON in line 1, column");
        assertRefused("[1, 2]", "x.ipynb is not a notebook of format 4: it has no \"cells\".");
        assertRefused(
                "{\"worksheets\": [], \"nbformat\": 3}",
                "x.ipynb is not a notebook of format 4: it has no \"cells\". It is of format 3: save it with a newer"
                        + " Jupyter.");
        assertRefused(
                "{\"nbformat\": 5, \"cells\": []}",
                "x.ipynb is a notebook of format 5; Quire reads format 4. Save it with a newer Jupyter.");
        assertRefused("{\"nbformat\": 4, \"cells\": [3]}", "x.ipynb is not a notebook: a cell has no \"cell_type\"");
        assertRefused(
                "{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}}",
                "x.ipynb is a notebook in python; Quire runs Java");
    }

    private void assertRefused(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("x.ipynb"), content);
        assertThatThrownBy(() -> Notebook.read(file))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(folder + "/")
                .message()
                .asString()
                .contains(message);
    }

    @Test
    void a_missing_file_a_folder_and_bytes_are_refused() throws IOException {
        assertThatThrownBy(() -> Notebook.read(folder.resolve("none.ipynb")))
                .hasMessage("there is no notebook " + folder.resolve("none.ipynb"));
        assertThatThrownBy(() -> Notebook.read(folder))
                .hasMessage(folder + " is a folder, not a notebook: name the .ipynb file");
        Path bytes = Files.write(folder.resolve("b.ipynb"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> Notebook.read(bytes)).hasMessage(bytes + " is not a notebook: it is not UTF-8 text");
    }
}
