"""Kernels as a front end drives them: started, sent cells, stopped."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import zmq
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from jupyter_client.kernelspec import KernelSpecManager

PATIENCE = 120  # seconds


class Failed(Exception):
    """What a table says instead of a figure."""


class Spec:
    """What a kernel.json says."""

    def __init__(self, name, folder):
        self.name = name
        self.json = json.loads((Path(folder) / "kernel.json").read_text())

    @staticmethod
    def ipykernel():
        return Spec("ipykernel", KernelSpecManager().get_kernel_spec("python3").resource_dir)


class Kernel:
    """A running kernel. `ready` and `first` say how many seconds its start and its first cell took."""

    def __init__(self, spec, first="1 + 1"):
        self.spec = spec
        self.folder = tempfile.TemporaryDirectory()
        file = os.path.join(self.folder.name, "kernel.json")
        write_connection_file(file)
        argv = [word.replace("{connection_file}", file) for word in spec.json["argv"]]
        if argv[0] in ("python", "python3"):
            argv[0] = sys.executable
        self.context = zmq.Context()
        # Else the client looks ten times a second whether the kernel is there, and that is what is measured.
        self.context.setsockopt(zmq.RECONNECT_IVL, 1)
        self.client = BlockingKernelClient(context=self.context)
        self.client.load_connection_file(file)
        self.log = open(os.path.join(self.folder.name, "log"), "w+")
        began = time.perf_counter()
        self.process = subprocess.Popen(
            argv, env={**os.environ, **spec.json.get("env", {})}, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL
        )
        self.client.start_channels(hb=False)
        try:
            self.answer("shell", self.client.kernel_info(), began + PATIENCE)
            self.ready = time.perf_counter() - began
            self.answer("shell", self.client.execute(first), began + PATIENCE)
            self.first = time.perf_counter() - began
            self.listen()
        except BaseException:
            self.close()
            raise

    def listen(self):
        """Waits until output arrives: a subscription takes effect late."""
        for _ in range(100):
            sent = self.client.execute("1 + 1")
            try:
                self.until_idle(sent, time.perf_counter() + 0.5)
                return
            except Failed:
                continue
        raise Failed("no output arrives")

    def answer(self, channel, sent, deadline):
        """The answer to a message."""
        while True:
            message = self.receive(channel, deadline)
            if message["parent_header"].get("msg_id") == sent:
                return message

    def receive(self, channel, deadline):
        socket = getattr(self.client, channel + "_channel").socket
        while True:
            left = deadline - time.perf_counter()
            if left <= 0:
                raise Failed("no answer")
            if socket.poll(min(1000, left * 1000)):
                return self.client.session.recv(socket, mode=0)[1]
            if self.process.poll() is not None:
                self.log.seek(0)
                raise Failed("the kernel has ended: " + self.log.read()[-300:])

    def until_idle(self, sent, deadline):
        """The messages of a cell, to its end."""
        messages = []
        while True:
            message = self.receive("iopub", deadline)
            if message["parent_header"].get("msg_id") == sent:
                messages.append(message)
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    return messages

    def send(self, source):
        return self.client.execute(source, allow_stdin=False)

    def run(self, source, error=False):
        """Runs a cell; returns the seconds until its reply and its idle status, and what it printed."""
        began = time.perf_counter()
        sent = self.send(source)
        messages = self.until_idle(sent, began + PATIENCE)
        reply = self.answer("shell", sent, began + PATIENCE)["content"]
        seconds = time.perf_counter() - began
        if reply["status"] != "ok" and not error:
            raise Failed(reply.get("evalue") or reply["status"])
        return seconds, "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")

    def complete(self, source):
        began = time.perf_counter()
        sent = self.client.complete(source, len(source))
        matches = self.answer("shell", sent, began + PATIENCE)["content"]["matches"]
        return time.perf_counter() - began, matches

    def interrupt(self):
        if self.spec.json.get("interrupt_mode") == "message":
            channel = self.client.control_channel
            channel.send(self.client.session.msg("interrupt_request", {}))
        else:
            self.process.send_signal(signal.SIGINT)

    def stop(self, source, after):
        """Starts a cell and stops it after some seconds; returns how many more it took to be idle."""
        sent = self.send(source)
        while self.receive("iopub", time.perf_counter() + PATIENCE)["msg_type"] != "execute_input":
            pass
        time.sleep(after)
        began = time.perf_counter()
        self.interrupt()
        self.until_idle(sent, began + PATIENCE)
        seconds = time.perf_counter() - began
        self.answer("shell", sent, began + PATIENCE)
        if self.run("1 + 1")[0] > 5:
            raise Failed("the next cell waits")
        return seconds

    def close(self):
        self.process.kill()
        self.process.wait()
        self.client.stop_channels()
        self.context.destroy(linger=0)
        self.log.close()
        self.folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()
