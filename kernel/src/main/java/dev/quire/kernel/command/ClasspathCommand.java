package dev.quire.kernel.command;

import picocli.CommandLine.Command;

@Command(
        name = "classpath",
        description = {
            "Print the class path, for plain JShell or an IDE:",
            "  jshell --class-path \"$(./quire classpath)\" --startup DEFAULT"
        })
final class ClasspathCommand implements Runnable {
    @Override
    public void run() {
        System.out.println(System.getProperty("java.class.path"));
    }
}
