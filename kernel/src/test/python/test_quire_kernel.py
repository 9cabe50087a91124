"""The kernel as Jupyter's own test suite for kernels sees it."""

import os
import unittest

import jupyter_kernel_test

KERNEL = os.environ.get("QUIRE_KERNEL", "quire")


class QuireKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "java"
    file_extension = ".java"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("to the standard error");'
    code_page_something = "ask?"
    code_generate_error = 'throw new IllegalStateException("meant to fail");'
    code_clear_output = "clear();"
    code_inspect_sample = "ask("
    code_history_pattern = "6 * 7"

    completion_samples = [
        {"text": "askSec", "matches": {"askSecret("}},
        {"text": "Math.toR", "matches": {"toRadians("}},
    ]

    complete_code_samples = ["1 + 1", "int a = 3;", "for (int i = 0; i < 3; i++) { }", ""]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "int half(int x) {", "Math.max(1,"]
    invalid_code_samples = ["int 7x = ;", "class }"]

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "6 * 8", "result": "48"},
        {"code": "6 * 9", "result": "54"},
        {"code": '"text " + 1', "result": "text 1"},
    ]
    code_display_data = [
        {"code": 'show("shown")', "mime": "text/plain"},
        {"code": "show(new java.awt.image.BufferedImage(4, 4, 1))", "mime": "image/png"},
    ]
    supported_history_operations = ("tail", "range", "search")


class QuireWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
