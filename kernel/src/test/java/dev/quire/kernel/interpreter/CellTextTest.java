package dev.quire.kernel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.interpreter.Part.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
    private static final Magics MAGICS = Magics.standard();

    @Test
    void a_cell_without_magics_is_java_as_it_stands() {
        assertThat(split("int a = 7;\na % 2")).containsExactly(new Part.Java("int a = 7;\na % 2"));
    }

    @Test
    void java_and_magics_take_turns_and_java_keeps_its_place() {
        assertThat(split("int a = 1;\n%classpath lib\na + 1"))
                .containsExactly(
                        new Part.Java("int a = 1;\n"),
                        new Command(2, "%classpath", "lib", "", "          \n           lib"),
                        new Part.Java("          \n              \na + 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int c = a\n%b;",
                "int c = a\n  %time;",
                "a +\n%time b",
                "String s = \"\"\"\n%time x\n\"\"\";",
                "/*\n%time x\n*/ int a;",
                "void f() {\n%time x\n}",
                "f(a,\n%time x)",
                "a\n% time",
                "a\n%b\n%time",
                "var s = \"\\\"\"; // \"\nvar t = '\"' + \"\"\"\n  \\\"\"\"\n%bash\"\"\";"
            })
    void a_percent_sign_inside_java_is_none(String cell) {
        assertThat(split(cell)).containsExactly(new Part.Java(cell));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int a = 1;\n%time a",
                "int a = 1; // one\n\n  %time a",
                "class A {}\n%time a",
                "net.summary()\n%time a",
                "// only a comment\n%time a",
                "%time a",
                "a++\n%time a",
                "String s = \"\"\"\n  x\n  \"\"\";\n%time a",
                "%time a;"
            })
    void a_magic_may_follow_whatever_can_end(String cell) {
        assertThat(split(cell).get(split(cell).size() - 1))
                .isInstanceOfSatisfying(
                        Command.class, command -> assertThat(command.argument()).startsWith("a"));
    }

    @Test
    void the_java_of_a_magic_goes_on_while_a_bracket_is_open() {
        List<Part> parts = split("%time f(1,\n  2)\nint b = 3;");
        assertThat(parts).hasSize(2);
        assertThat(((Command) parts.get(0)).java()).isEqualTo("      f(1,\n  2)\n");
        assertThat(parts.get(1)).isEqualTo(new Part.Java("          \n    \nint b = 3;"));
    }

    @Test
    void the_magic_of_a_cell_takes_all_the_rest() {
        assertThat(split("\n%%bash\necho 1\n%time x\n"))
                .containsExactly(new Command(2, "%%bash", "", "echo 1\n%time x\n", "\n      \necho 1\n%time x\n"));
    }

    @Test
    void what_can_be_analysed_keeps_each_character_at_its_place() {
        String cell = "%maven a:b:1\nint a = 1;\n%time a + 1\n";
        assertThat(CellText.java(cell, MAGICS)).isEqualTo("            \nint a = 1;\n      a + 1\n");
    }

    private static List<Part> split(String cell) {
        return CellText.split(cell, MAGICS);
    }
}
