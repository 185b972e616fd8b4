"""Calls the legacy contracts of a running server just as their existing clients do, with grpcio and generated stubs.

    /usr/bin/python3 legacy_client.py ADDRESS PROTO_DIR [--lesson client-stream|bidi]

ADDRESS is host:port in clear text, PROTO_DIR the folder with the five legacy .proto files, and --lesson the one of the
two lessons on `test.grpc_test/test_client` that the server plays. Needs Debian's python3-grpcio and python3-grpc-tools.

Prints one line of JSON a check, {"check": NAME, "result": ...}, and judges nothing: what the results have to be is for
the reader. A check that cannot be made prints {"check": NAME, "error": ...}, and the exit status is then 1.
"""

import argparse
import importlib
import itertools
import json
import pathlib
import queue
import sys
import tempfile
import threading

import grpc
from grpc_tools import protoc

CONTRACTS = ("calculator", "helloworld", "recommendations", "order", "lessons")
TIMEOUT = 20  # seconds, for every call: a server that does not answer fails a check instead of holding the script


def load_stubs(proto_dir, out_dir):
    """Makes Python stubs of all contracts and imports them: a dict from module name to module."""
    files = [str(proto_dir / f"{name}.proto") for name in CONTRACTS]
    options = [f"-I{proto_dir}", f"--python_out={out_dir}", f"--grpc_python_out={out_dir}"]
    status = protoc.main(["protoc", *options, *files])
    if status != 0:
        raise SystemExit(f"protoc must succeed: got exit status {status}")
    sys.path.insert(0, str(out_dir))
    modules = [f"{name}_{suffix}" for name in CONTRACTS for suffix in ("pb2", "pb2_grpc")]
    return {module: importlib.import_module(module) for module in modules}


def status_of(call, request):
    """The status of a unary call that is meant to fail."""
    try:
        call(request, timeout=TIMEOUT)
    except grpc.RpcError as error:
        return {"code": error.code().name, "details": error.details()}
    return {"code": "OK", "details": ""}


def calculator_checks(channel, stubs):
    pb = stubs["calculator_pb2"]
    cal = stubs["calculator_pb2_grpc"].CalStub(channel)
    top, bottom = 2**31 - 1, -(2**31)

    def add(a, b):
        return cal.Add(pb.AddRequest(number1=a, number2=b), timeout=TIMEOUT).number

    def multiply(a, b):
        return cal.Multiply(pb.MultiplyRequest(number1=a, number2=b), timeout=TIMEOUT).number

    yield "Cal/Add", lambda: add(2, 3)
    yield "Cal/Add of nothing", lambda: add(0, 0)
    yield "Cal/Add up to the greatest", lambda: add(top - 1, 1)
    yield "Cal/Add down to the least", lambda: add(bottom + 1, -1)
    yield "Cal/Add too great", lambda: status_of(cal.Add, pb.AddRequest(number1=top, number2=1))
    yield "Cal/Add too small", lambda: status_of(cal.Add, pb.AddRequest(number1=bottom, number2=-1))
    yield "Cal/Multiply", lambda: multiply(-6, 7)
    yield "Cal/Multiply too great", lambda: status_of(cal.Multiply, pb.MultiplyRequest(number1=65536, number2=32768))


def greeter_checks(channel, stubs):
    pb = stubs["helloworld_pb2"]
    greeter = stubs["helloworld_pb2_grpc"].GreeterStub(channel)

    def message(call, name):
        return call(pb.HelloRequest(name=name), timeout=TIMEOUT).message

    yield "Greeter/SayHello", lambda: message(greeter.SayHello, "you")
    yield "Greeter/SayHello in another script", lambda: message(greeter.SayHello, "Zoë 小明")
    yield "Greeter/SayHelloAgain", lambda: message(greeter.SayHelloAgain, "you")


def recommendation_checks(channel, stubs):
    pb = stubs["recommendations_pb2"]
    recommendations = stubs["recommendations_pb2_grpc"].RecommendationsStub(channel)

    def recommend(category, max_results):
        request = pb.RecommendationRequest(user_id=1, category=category, max_results=max_results)
        response = recommendations.Recommend(request, timeout=TIMEOUT)
        return [{"id": book.id, "title": book.title} for book in response.recommendations]

    for name, category in pb.BookCategory.items():
        yield f"Recommend {name}", lambda category=category: recommend(category, 3)
    yield "Recommend at most 1", lambda: recommend(pb.MYSTERY, 1)
    yield "Recommend at most 0", lambda: recommend(pb.MYSTERY, 0)
    unknown = pb.RecommendationRequest(user_id=1, category=9, max_results=3)
    yield "Recommend an unknown category", lambda: status_of(recommendations.Recommend, unknown)


def order_checks(channel, stubs):
    pb = stubs["order_pb2"]
    handler = stubs["order_pb2_grpc"].OrderHandlerStub(channel)

    def create_order(**fields):
        return json.loads(handler.create_order(pb.OrderRequest(**fields), timeout=TIMEOUT).rst_string)

    arguments = {"city": "Zürich", "note": 'say "hello"\n'}
    yield "create_order", lambda: create_order(phone="13800000000", price="12.50", request_arg=arguments)
    yield "create_order of nothing", create_order
    too_long = pb.OrderRequest(phone="1" * 1001)
    yield "create_order with too long a phone", lambda: status_of(handler.create_order, too_long)


def lesson_checks(channel, stubs):
    pb = stubs["lessons_pb2"]
    lessons = stubs["lessons_pb2_grpc"].grpc_testStub(channel)

    def hello_grpc():
        return lessons.Hello_grpc(pb.Hello_grpc_req(name="ada", age=36), timeout=TIMEOUT).result

    def helle_test(**fields):
        return lessons.helle_test(pb.hello_requests(**fields), timeout=TIMEOUT).result

    def number(name, age, is_active):
        return pb.hello_requests_number_value(name=name, age=age, is_active=is_active)

    every_field = {
        "name": "ada",
        "age": 2**53 + 1,
        "data": ["x", 'y"z', "é"],
        "number_1": {"b": 2, "a": -(2**63), "c": 2**63 - 1},
        "number": {"two": number("bob", -2, False), "one": number("eve", 1, True)},
    }
    yield "Hello_grpc", hello_grpc
    yield "helle_test", lambda: helle_test(**every_field)
    yield "helle_test of nothing", helle_test
    yield "test_client_stream, three messages and then cancelled", lambda: read_three_and_cancel(lessons, pb)


def read_three_and_cancel(lessons, pb):
    call = lessons.test_client_stream(pb.test_client_stream_requests(data="tick"), timeout=TIMEOUT)
    messages = [message.result for message in itertools.islice(call, 3)]
    call.cancel()
    return {"messages": messages, "code": call.code().name}


def test_client_path(pb):
    """The path of the method that both lessons share, and how its messages are written and read."""
    return {
        "method": "/test.grpc_test/test_client",
        "request_serializer": pb.test_client_requests.SerializeToString,
        "response_deserializer": pb.test_client_response.FromString,
    }


def client_stream_checks(channel, stubs):
    pb = stubs["lessons_pb2"]
    call = channel.stream_unary(**test_client_path(pb))

    def send_and_end(count):
        requests = (pb.test_client_requests(data=f"message {n}") for n in range(1, count + 1))
        return call(requests, timeout=TIMEOUT).result

    def send_ten_and_stay():
        answered = threading.Event()

        def requests():
            for n in range(1, 11):
                yield pb.test_client_requests(data=f"message {n}")
            answered.wait(TIMEOUT)

        try:
            return call(requests(), timeout=TIMEOUT).result
        finally:
            answered.set()

    yield "test_client as client stream, ended after 3", lambda: send_and_end(3)
    yield "test_client as client stream, ended at once", lambda: send_and_end(0)
    yield "test_client as client stream, 10 and not ended", send_ten_and_stay


def bidi_checks(channel, stubs):
    pb = stubs["lessons_pb2"]
    call = channel.stream_stream(**test_client_path(pb))

    def result(answers, received):
        return {"answers": received, "code": answers.code().name}

    def talk(count):
        """Sends each message only after the one before was answered; the stream stays open after the last."""
        outbox = queue.Queue()
        answers = call(iter(outbox.get, None), timeout=TIMEOUT)
        received = []
        try:
            for n in range(1, count + 1):
                outbox.put(pb.test_client_requests(data=f"message {n}"))
                answer = next(answers, None)
                if answer is None:
                    break
                received.append(answer.result)
            return result(answers, received)
        finally:
            outbox.put(None)

    def send_three_and_end():
        answers = call((pb.test_client_requests(data=f"message {n}") for n in range(1, 4)), timeout=TIMEOUT)
        return result(answers, [answer.result for answer in answers])

    yield "test_client as bidi, ended by the server at the 10th", lambda: talk(10)
    yield "test_client as bidi, ended by the client after 3", send_three_and_end


LESSONS = {"client-stream": client_stream_checks, "bidi": bidi_checks}


def run(checks):
    """Makes each check and prints its line. Whether every check could be made."""
    complete = True
    for name, check in checks:
        try:
            line = {"check": name, "result": check()}
        except grpc.RpcError as error:
            line = {"check": name, "error": {"code": error.code().name, "details": error.details()}}
            complete = False
        except ValueError as error:
            line = {"check": name, "error": str(error)}
            complete = False
        print(json.dumps(line), flush=True)
    return complete


def main():
    parser = argparse.ArgumentParser(description="Calls the legacy contracts of a running server.")
    parser.add_argument("address", help="host:port of the server, clear text")
    parser.add_argument("proto_dir", type=pathlib.Path, help="the folder with the legacy .proto files")
    parser.add_argument("--lesson", choices=LESSONS, default="client-stream", help="which lesson test_client plays")
    arguments = parser.parse_args()

    families = (calculator_checks, greeter_checks, recommendation_checks, order_checks, lesson_checks)
    # A proxy that the environment names is for the outside, not for a server under test.
    options = [("grpc.enable_http_proxy", 0)]
    with tempfile.TemporaryDirectory() as out_dir, grpc.insecure_channel(arguments.address, options) as channel:
        stubs = load_stubs(arguments.proto_dir.resolve(), out_dir)
        complete = True
        for family in (*families, LESSONS[arguments.lesson]):
            complete = run(family(channel, stubs)) and complete
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
