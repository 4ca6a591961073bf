"""A fax plugin in Python with nothing but its standard library. The provider is played by a dictionary."""
import base64
import collections
import hashlib
import hmac
import json
import sys

CONTRACT = 1
REJECTED, REFUSED, METHOD_NOT_FOUND, OTHER = -32001, -32005, -32601, -32000
source, sink = sys.stdin.buffer, sys.stdout.buffer
waiting = collections.deque()  # requests that came while an answer was waited for
context, faxes, last_id = {}, {}, 0


class Failure(Exception):
    def __init__(self, code, message, data=None):
        self.error = {"code": code, "message": message, **({"data": data} if data else {})}


def read():
    length = None
    while (line := source.readline().strip()):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(source.read(length)) if length else None


def write(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sink.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    sink.flush()


def ask(method, params):
    """Asks the gateway, and keeps what it sends meanwhile for later."""
    global last_id
    last_id += 1
    write({"id": last_id, "method": method, "params": params})
    while (message := read()) is not None:
        if "method" in message:
            waiting.append(message)
        elif message.get("id") == last_id:
            if "error" in message:
                error = message["error"]
                raise Failure(error["code"], error["message"], error.get("data"))
            return message["result"]
    sys.exit()


def outcome(kind, party, sentence):
    return {"class": kind, "phase": "dial", "party": party, "sentence": sentence}


def initialize(contract, plugin_id, settings, folder, **more):
    if not contract["minimum"] <= CONTRACT <= contract["maximum"]:
        raise Failure(REFUSED, f"It speaks version {CONTRACT} of the contract.")
    context.update(id=plugin_id, settings=settings, folder=folder)
    return {"contract": CONTRACT, "capabilities": ["send_fax", "get_status", "cancel_fax"]}


def send_fax(fax):
    if not fax["to"].startswith("+"):
        raise Failure(REJECTED, "Refused.", outcome("rejected", "number", "The number has no country code."))
    pdf = ask("documents/to_pdf", {"document": fax["document"]})
    path = ask("documents/copy", {"document": pdf})
    print(f"info: {path} would be uploaded", file=sys.stderr, flush=True)
    provider_id = f"py-{len(faxes) + 1}"
    faxes[provider_id] = {"state": "in_progress"}
    return {"provider_id": provider_id, "backend": context["id"], "estimated_cost": {"amount": 0.05, "currency": "EUR"}}


def get_status(fax):
    return faxes.get(fax.get("provider_id"), {"state": "unknown"})


def cancel_fax(fax):
    if fax.get("provider_id") not in faxes:
        return False
    faxes[fax["provider_id"]] = {"state": "cancelled", "outcome": outcome("local", "local", "It was cancelled.")}
    return True


def handle_webhook(request):
    body = base64.b64decode(request["body"])
    expected = hmac.new(context["settings"]["webhook_key"].encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request["headers"].get("x-signature", "")):
        return {"status": 401, "body": "", "content_type": "text/plain"}
    told = json.loads(body)
    status = {"state": "success", "outcome": outcome("success", "none", "All pages were confirmed.")}
    faxes[told["id"]] = status
    return {"status": 200, "faxes": {told["id"]: status}}


METHODS = {
    "initialize": initialize, "start": lambda: None, "stop": lambda: None, "validate_config": lambda settings: [],
    "check": lambda: {"ok": True, "problems": []}, "check_health": lambda: {"ok": True, "problems": []},
    "send_fax": send_fax, "get_status": get_status, "cancel_fax": cancel_fax, "handle_webhook": handle_webhook,
}


def answer(request):
    if "id" not in request:
        return  # a notification, such as $/cancelRequest
    try:
        method = METHODS.get(request["method"])
        if method is None:
            raise Failure(METHOD_NOT_FOUND, f"There is no {request['method']}.")
        write({"id": request["id"], "result": method(**request.get("params", {}))})
    except Failure as failure:
        write({"id": request["id"], "error": failure.error})
    except Exception as wrong:
        write({"id": request["id"], "error": {"code": OTHER, "message": type(wrong).__name__}})


while (message := waiting.popleft() if waiting else read()) is not None:
    answer(message)
