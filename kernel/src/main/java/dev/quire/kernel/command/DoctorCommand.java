package dev.quire.kernel.command;

import dev.quire.kernel.machine.Doctor;
import dev.quire.kernel.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = "Say what Quire finds on this machine, what is missing, and what to do about it.")
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return Doctor.standard().report(Terminal.standard()) ? 0 : Main.FAILED;
    }
}
