package dev.quire.kernel.session.weave;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Puts a {@link Checkpoint} into each method and each loop of a class, and {@link Refusals} where it would exit. */
public final class Weaver {
    private static final String CHECKPOINT = Type.getInternalName(Checkpoint.class);
    private static final String REFUSALS = Type.getInternalName(Refusals.class);

    /** What JShell calls to run a snippet: not worth a checkpoint, as it is called once. */
    private static final String SNIPPET = "do_it$";

    private Weaver() {}

    /** The class with checkpoints. Its fields, methods and line numbers stay as they are. */
    public static byte[] weave(byte[] original) {
        ClassReader reader = new ClassReader(original);
        Map<String, Integer> firstLines = firstLines(reader);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new Woven(
                                super.visitMethod(access, name, descriptor, signature, exceptions),
                                firstLines.getOrDefault(name + descriptor, 0));
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Where the methods begin that get a checkpoint at their start. */
    private static Map<String, Integer> firstLines(ClassReader reader) {
        Map<String, Integer> lines = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return name.equals(SNIPPET) || name.startsWith("<")
                                ? null
                                : new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitLineNumber(int line, Label start) {
                                        lines.putIfAbsent(name + descriptor, line);
                                    }
                                };
                    }
                },
                ClassReader.SKIP_FRAMES);
        return lines;
    }

    /** A call that takes and leaves nothing changes neither the frames of a method nor the height of its stack. */
    private static final class Woven extends MethodVisitor {
        private final int entryLine;
        private final Set<Label> passed = new HashSet<>();

        Woven(MethodVisitor next, int entryLine) {
            super(Opcodes.ASM9, next);
            this.entryLine = entryLine;
        }

        /** With the line of the method, or a trace would name none. */
        @Override
        public void visitCode() {
            super.visitCode();
            if (entryLine > 0) {
                Label entry = new Label();
                super.visitLabel(entry);
                super.visitLineNumber(entryLine, entry);
                checkpoint();
            }
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (passed.contains(target)) {
                checkpoint();
            }
            super.visitJumpInsn(opcode, target);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals("java/lang/System") && name.equals("exit")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, REFUSALS, name, descriptor, false);
            } else if (isRuntimeExit(owner, name)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, REFUSALS, name, withReceiver(descriptor), false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] woven = arguments.clone();
            for (int i = 0; i < woven.length; i++) {
                if (woven[i] instanceof Handle handle) {
                    woven[i] = refused(handle);
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, woven);
        }

        private static Handle refused(Handle handle) {
            if (handle.getOwner().equals("java/lang/System") && handle.getName().equals("exit")) {
                return new Handle(Opcodes.H_INVOKESTATIC, REFUSALS, "exit", handle.getDesc(), false);
            }
            return isRuntimeExit(handle.getOwner(), handle.getName())
                    ? new Handle(
                            Opcodes.H_INVOKESTATIC, REFUSALS, handle.getName(), withReceiver(handle.getDesc()), false)
                    : handle;
        }

        private static boolean isRuntimeExit(String owner, String name) {
            return owner.equals("java/lang/Runtime") && (name.equals("exit") || name.equals("halt"));
        }

        private static String withReceiver(String descriptor) {
            return "(Ljava/lang/Runtime;" + descriptor.substring(1);
        }

        private void checkpoint() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, CHECKPOINT, "pass", "()V", false);
        }
    }
}
