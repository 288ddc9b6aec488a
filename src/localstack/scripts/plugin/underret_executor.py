"""Runs LocalStack's Java functions as child processes instead of containers.

Each execution environment is a JVM with AWS's own runtime interface client, which long-polls the runtime API of this module; see
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. LAMBDA_RUNTIME_EXECUTOR=process selects it. Environment variables:

    UNDERRET_JAVA             java command that runs the functions
    UNDERRET_RUNTIME_CLIENT   folder of the runtime interface client
    UNDERRET_FUNCTION_LOGS    folder for a log per execution environment and the first events of each function
"""

import json
import os
import pathlib
import queue
import shlex
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

# The share of the function's memory that Lambda gives to the JVM's heap, roughly.
HEAP_SHARE = 0.85
POLL_SECONDS = 0.02
# Size up to which a function's events are recorded, in bytes.
RECORDED = 1_000_000


class RuntimeApi(ThreadingHTTPServer):
    """The runtime API of one process, on a free port."""

    daemon_threads = True

    def __init__(self, timeout):
        super().__init__(("127.0.0.1", 0), RuntimeApiHandler)
        self.timeout_seconds = timeout
        self.invocations = queue.Queue()
        self.answers = queue.Queue()
        self.ready = threading.Event()
        self.init_error = None
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def close(self):
        self.invocations.put(None)
        self.shutdown()
        self.server_close()


class RuntimeApiHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # a response is one segment

    def log_message(self, *_):
        pass

    def do_GET(self):
        if not self.path.endswith("/runtime/invocation/next"):
            return self.answer(404)
        self.server.ready.set()
        invocation = self.server.invocations.get()
        if invocation is None:
            self.close_connection = True
            return None
        deadline = int((time.time() + self.server.timeout_seconds) * 1000)
        return self.answer(
            200,
            invocation["payload"].encode(),
            {
                "Lambda-Runtime-Aws-Request-Id": invocation["invoke-id"],
                "Lambda-Runtime-Trace-Id": invocation["trace-id"],
                "Lambda-Runtime-Invoked-Function-Arn": invocation["invoked-function-arn"],
                "Lambda-Runtime-Deadline-Ms": str(deadline),
            },
        )

    def do_POST(self):
        body = self.body()
        self.answer(202, b'{"status":"OK"}')
        if self.path.endswith("/runtime/init/error"):
            self.server.init_error = body
        else:
            *_, request_id, kind = self.path.split("/")
            self.server.answers.put((request_id, body, kind == "error"))

    def body(self):
        length = self.headers.get("Content-Length")
        if length is not None:
            return self.rfile.read(int(length))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def answer(self, status, body=b"", headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Instance:
    """A JVM and its runtime API."""

    def __init__(self, function_version, variables, log):
        settings = function_version.config
        self.log = log
        self.api = RuntimeApi(settings.timeout)
        code = settings.code.get_unzipped_code_location()
        client = pathlib.Path(os.environ["UNDERRET_RUNTIME_CLIENT"])
        command = [
            os.environ["UNDERRET_JAVA"],
            f"-Xmx{int(settings.memory_size * HEAP_SHARE)}m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            os.pathsep.join([f"{client}/*", str(code), f"{code}/lib/*"]),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            settings.handler,
        ]
        environment = {
            **{name: str(value) for name, value in variables.items()},
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "LAMBDA_TASK_ROOT": str(code),
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.api.server_port}",
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{settings.runtime}",
        }
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                command, env=environment, cwd=code, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        self.wait_until_ready()

    def wait_until_ready(self):
        while not self.api.ready.wait(POLL_SECONDS):
            error = self.api.init_error
            if error is None and not self.alive():
                error = json.dumps({"errorType": "Runtime.ExitError", "errorMessage": f"init ended: {self.tail()}"}).encode()
            if error is not None:
                self.end()
                raise StatusErrorException("Environment startup failed", payload=error)

    def alive(self):
        return self.process.poll() is None

    def tail(self):
        return self.log.read_text(errors="replace")[-800:]

    def end(self):
        if self.alive():
            self.process.kill()
        self.process.wait()
        self.api.close()

    def invoke(self, invocation):
        """Returns the function's response and whether it is an error. As on Lambda, a timeout or crash ends the process."""
        request_id = invocation["invoke-id"]
        started = time.monotonic()
        self.api.invocations.put(invocation)
        while True:
            try:
                answered, body, failed = self.api.answers.get(timeout=POLL_SECONDS)
                if answered == request_id:
                    return body, failed
            except queue.Empty:
                if time.monotonic() - started > self.api.timeout_seconds:
                    return self.ended("Sandbox.Timedout", f"{request_id} Task timed out")
                if not self.alive() and self.api.answers.empty():
                    return self.ended("Runtime.ExitError", f"RequestId: {request_id} Error: Runtime exited")

    def ended(self, kind, message):
        self.end()
        return json.dumps({"errorType": kind, "errorMessage": message}).encode(), True


class ProcessExecutor(RuntimeExecutor):
    """An execution environment of LocalStack. Replaces an ended process at the next invocation."""

    def __init__(self, environment_id, function_version):
        super().__init__(environment_id, function_version)
        logs = pathlib.Path(os.environ["UNDERRET_FUNCTION_LOGS"])
        logs.mkdir(parents=True, exist_ok=True)
        self.log = logs / f"{function_version.id.function_name}-{environment_id}.log"
        self.events = logs / f"{function_version.id.function_name}.events"
        self.variables = {}
        self.instance = None

    def start(self, env_vars):
        self.variables = env_vars
        self.instance = Instance(self.function_version, env_vars, self.log)

    def stop(self):
        if self.instance:
            self.instance.end()

    def invoke(self, payload):
        if not self.instance.alive():
            self.start(self.variables)
        self.record(payload["payload"])
        before = self.log.stat().st_size
        started = time.monotonic()
        body, failed = self.instance.invoke(payload)
        milliseconds = (time.monotonic() - started) * 1000
        with self.log.open("rb") as opened:
            opened.seek(before)
            output = opened.read().decode(errors="replace")
        request_id = payload["invoke-id"]
        logs = f"START RequestId: {request_id}\n{output}\nEND RequestId: {request_id}\nREPORT RequestId: {request_id}\tDuration: {milliseconds:.0f} ms\n"
        return InvocationResult(request_id, body, is_error=failed, logs=logs)

    def record(self, event):
        """Appends an event to the function's event file, one per line. DeliveredEventsIT compares the events with AWS's."""
        if not self.events.exists() or self.events.stat().st_size < RECORDED:
            with self.events.open("a", encoding="utf-8") as opened:
                opened.write(json.dumps(json.loads(event)) + "\n")

    def get_logs(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    @classmethod
    def prepare_version(cls, function_version):
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        if function_version.config.code:
            function_version.config.code.destroy_cached()


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    name = "process"

    def load(self, *_, **__):
        return ProcessExecutor
