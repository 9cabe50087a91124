package dev.quire.kernel.command;

import picocli.CommandLine.Command;

@Command(
        name = "classpath",
        description = "Print the class path, for plain JShell or an IDE.",
        footer = {
            "",
            "The words of Quire in plain JShell:",
            "  jshell --class-path \"$(./quire classpath)\" \\\\",
            "    --startup kernel/src/main/resources/dev/quire/kernel/startup.jsh"
        })
final class ClasspathCommand implements Runnable {
    @Override
    public void run() {
        System.out.println(System.getProperty("java.class.path"));
    }
}
