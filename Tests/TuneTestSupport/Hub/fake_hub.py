"""A Hub on this computer, for tests: the HTTP interface that uploads need, over what is in memory.

Commands come as JSON lines on the standard input and are answered on the standard output; the
server ends with its input. Large files go to a second port, a host of its own as far as tokens are
concerned.
"""

import base64
import collections
import hashlib
import http.server
import json
import socket
import struct
import sys
import threading
import urllib.parse

LARGE = (".safetensors", ".bin", ".pt")
LARGE_SIZE = 10_000_000


class Repository:
    def __init__(self, private):
        self.private = private
        self.branches = {"main": {}}
        self.commits = collections.defaultdict(list)


class Hub:
    def __init__(self):
        self.lock = threading.Lock()
        self.token, self.user, self.organizations = "hf_test", "tester", ["lab"]
        self.chunk_size = 0
        self.repositories, self.objects, self.parts = {}, {}, {}
        self.requests, self.faults = [], []
        self.addresses = {}

    def fault(self, method, path):
        """The first fault that is meant for a request and not used up."""
        for fault in self.faults:
            if fault["times"] > 0 and fault["path"] in path and fault["method"] in ("", method):
                if fault["skip"] > 0:
                    fault["skip"] -= 1
                    continue
                fault["times"] -= 1
                return fault
        return None


HUB = Hub()


def git_name(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    is_store = False

    def log_message(self, *_):
        pass

    # What every request goes through.

    def handle_any(self):
        path = urllib.parse.urlsplit(self.path).path
        length = int(self.headers.get("Content-Length") or 0)
        authorization = self.headers.get("Authorization")
        with HUB.lock:
            HUB.requests.append({
                "method": self.command, "path": path, "size": length, "store": self.is_store,
                "authorized": authorization is not None,
            })
            fault = HUB.fault(self.command, path)
        if fault and fault["kind"] == "cut":
            self.rfile.read(min(length, fault["bytes"]))
            return self.cut()
        body = self.read_body(length)
        if fault and fault["kind"] == "status":
            return self.answer(
                fault["status"], {"error": fault["message"]}, fault.get("headers") or {})
        if self.is_store:
            reply = self.store(path, body)
        elif authorization != f"Bearer {HUB.token}" and path != "/complete":
            reply = 401, {"error": "Invalid credentials in Authorization header"}
        else:
            with HUB.lock:
                reply = self.hub(path, body)
        if fault and fault["kind"] == "lose":
            return self.cut()
        self.answer(*reply)

    do_GET = do_POST = do_PUT = handle_any

    def read_body(self, length):
        body = bytearray()
        while len(body) < length:
            piece = self.rfile.read(min(1 << 20, length - len(body)))
            if not piece:
                break
            body += piece
        return bytes(body)

    def cut(self):
        """Ends the connection without an answer."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
        self.rfile.close()
        self.wfile = open("/dev/null", "wb")

    def answer(self, status, document=None, headers=None):
        data = b"" if document is None else json.dumps(document).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    # The Hub.

    def hub(self, path, body):
        parts = [urllib.parse.unquote(part) for part in path.split("/")[1:]]
        if parts == ["api", "whoami-v2"]:
            organizations = [{"name": name} for name in HUB.organizations]
            return 200, {"type": "user", "name": HUB.user, "orgs": organizations}
        if parts == ["api", "repos", "create"]:
            return self.create(json.loads(body))
        if parts == ["api", "validate-yaml"]:
            if "license: [" in json.loads(body)["content"]:
                message = '"license" must be a string'
                return 400, {"errors": [{"message": message}], "warnings": []}
            return 200, {"errors": [], "warnings": []}
        if parts[:2] == ["api", "models"] and len(parts) >= 4:
            return self.model("/".join(parts[2:4]), parts[4:], body)
        if parts[-4:] == ["info", "lfs", "objects", "batch"] and len(parts) == 6:
            name = f"{parts[0]}/{parts[1].removesuffix('.git')}"
            return self.batch(name, json.loads(body))
        if parts[0] == "complete":
            return self.complete(json.loads(body))
        if parts[0] == "verify":
            wanted = json.loads(body)
            content = HUB.objects.get(wanted["oid"])
            if content is None or len(content) != wanted["size"]:
                return 404, {"error": "No such object"}
            return 200, {}
        return 404, {"error": "Not found"}

    def create(self, wanted):
        owner = wanted.get("organization") or HUB.user
        if owner not in [HUB.user] + HUB.organizations:
            return 403, {"error": f"You don't have the rights to create a model under {owner}"}
        name = f"{owner}/{wanted['name']}"
        url = {"url": f"{HUB.addresses['hub']}/{name}", "name": name}
        if name in HUB.repositories:
            return 409, {"error": "You already created this model repo", **url}
        HUB.repositories[name] = Repository(wanted.get("visibility") == "private")
        return 200, url

    def model(self, name, action, body):
        repository = HUB.repositories.get(name)
        if repository is None:
            return 404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"}
        kind, target = (action + ["", ""])[:2]
        if kind == "branch":
            if target in repository.branches:
                return 409, {"error": f"Reference already exists: {target}"}
            repository.branches[target] = dict(repository.branches["main"])
            return 200, {}
        revision = target or "main"
        if revision not in repository.branches:
            message = {"error": f"Invalid rev id: {revision}"}
            return 404, message, {"X-Error-Code": "RevisionNotFound"}
        files = repository.branches[revision]
        if kind == "preupload":
            return self.preupload(files, json.loads(body))
        if kind == "commit":
            return self.commit(name, repository, revision, body)
        commits = repository.commits[revision]
        return 200, {
            "id": name, "sha": commits[-1]["oid"] if commits else "0" * 40,
            "private": repository.private,
            "siblings": [{"rfilename": path} for path in files],
        }

    def preupload(self, files, wanted):
        rules = wanted.get("gitIgnore") or ""
        ignored = [line for line in rules.split("\n") if line]
        answers = []
        for file in wanted["files"]:
            path, sample = file["path"], base64.b64decode(file["sample"])
            is_large = path.endswith(LARGE) or "tfevents" in path or file["size"] >= LARGE_SIZE
            assert len(sample) == min(512, file["size"]), "a sample has 512 bytes"
            answer = {
                "path": path, "uploadMode": "lfs" if is_large else "regular",
                "shouldIgnore": path in ignored,
            }
            if path in files:
                answer["oid"] = files[path]["oid"]
            answers.append(answer)
        return 200, {"files": answers}

    def commit(self, name, repository, revision, body):
        lines = [json.loads(line) for line in body.splitlines()]
        if not lines or lines[0]["key"] != "header" or not lines[0]["value"]["summary"]:
            return 400, {"error": "A commit begins with its summary"}
        added = {}
        for line in lines[1:]:
            value = line["value"]
            if line["key"] == "file" and value["encoding"] == "base64":
                content = base64.b64decode(value["content"], validate=True)
                added[value["path"]] = {"oid": git_name(content), "content": content}
            elif line["key"] == "lfsFile" and value["algo"] == "sha256":
                content = HUB.objects.get(value["oid"])
                if content is None or len(content) != value["size"]:
                    return 400, {"error": f"LFS pointer to a missing object: {value['path']}"}
                added[value["path"]] = {"oid": value["oid"], "content": content}
            else:
                return 400, {"error": f"Unknown operation {line['key']}"}
        repository.branches[revision].update(added)
        count = sum(len(commits) for commits in repository.commits.values())
        oid = hashlib.sha1(f"{name} {count}".encode()).hexdigest()
        repository.commits[revision].append({
            "oid": oid, "message": lines[0]["value"]["summary"], "paths": sorted(added),
        })
        return 200, {
            "success": True, "commitOid": oid,
            "commitUrl": f"{HUB.addresses['hub']}/{name}/commit/{oid}",
        }

    # Large files.

    def batch(self, name, wanted):
        if name not in HUB.repositories:
            return 404, {"error": "Repository not found"}
        if wanted["operation"] != "upload" or wanted["hash_algo"] != "sha256":
            return 400, {"error": "Not an upload"}
        return 200, {
            "transfer": "multipart" if HUB.chunk_size else "basic",
            "objects": [self.instructions(item) for item in wanted["objects"]],
        }

    def instructions(self, item):
        oid, size = item["oid"], item["size"]
        if oid in HUB.objects:
            return dict(item)
        hub, store = HUB.addresses["hub"], HUB.addresses["store"]
        upload = {"href": f"{store}/objects/{oid}"}
        if HUB.chunk_size and size > HUB.chunk_size:
            count = (size + HUB.chunk_size - 1) // HUB.chunk_size
            header = {"chunk_size": str(HUB.chunk_size)}
            for number in range(1, count + 1):
                header[f"{number:05}"] = f"{store}/parts/{oid}/{number}"
            upload = {"href": f"{hub}/complete", "header": header}
        verify = {"href": f"{hub}/verify"}
        return {**item, "authenticated": True, "actions": {"upload": upload, "verify": verify}}

    def store(self, path, body):
        if self.command != "PUT" or "Transfer-Encoding" in self.headers:
            return 501, {"error": "A header you provided implies functionality that is missing"}
        kind, *names = path.split("/")[1:]
        with HUB.lock:
            if kind == "parts":
                HUB.parts.setdefault(names[0], {})[int(names[1])] = body
                return 200, None, {"ETag": f'"{hashlib.md5(body).hexdigest()}"'}
            if hashlib.sha256(body).hexdigest() != names[0]:
                return 400, {"error": "The content has another SHA-256"}
            HUB.objects[names[0]] = body
            return 200, None

    def complete(self, wanted):
        parts = HUB.parts.get(wanted["oid"], {})
        for part in wanted["parts"]:
            body = parts.get(part["partNumber"])
            if body is None or part["etag"] != f'"{hashlib.md5(body).hexdigest()}"':
                return 400, {"error": "A part is missing or has another tag"}
        content = b"".join(parts[part["partNumber"]] for part in wanted["parts"])
        if hashlib.sha256(content).hexdigest() != wanted["oid"]:
            return 400, {"error": "The content has another SHA-256"}
        HUB.objects[wanted["oid"]] = content
        return 200, {}


class StoreHandler(Handler):
    is_store = True


def obey(command):
    """Carries out a command of the test; the answer is a JSON document."""
    with HUB.lock:
        if command["do"] == "fault":
            defaults = {
                "method": "", "times": 1, "skip": 0, "status": 500, "message": "a fault",
                "headers": {}, "bytes": 0,
            }
            HUB.faults.append({**defaults, **command["fault"]})
            return True
        if command["do"] == "set":
            for name, value in command["values"].items():
                setattr(HUB, name, value)
            return True
        if command["do"] == "requests":
            return HUB.requests
        repository = HUB.repositories.get(command["repository"])
        if repository is None:
            return None
        if command["do"] == "repository":
            branch = command["branch"]
            files = repository.branches.get(branch)
            return files is not None and {
                "private": repository.private, "commits": repository.commits[branch],
                "files": {
                    path: hashlib.sha256(file["content"]).hexdigest()
                    for path, file in files.items()
                },
            }
        content = repository.branches[command["branch"]][command["path"]]["content"]
        return base64.b64encode(content).decode()


def main():
    servers = {
        "hub": http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler),
        "store": http.server.ThreadingHTTPServer(("127.0.0.1", 0), StoreHandler),
    }
    for name, server in servers.items():
        server.daemon_threads = True
        HUB.addresses[name] = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(HUB.addresses), flush=True)
    for line in sys.stdin:
        print(json.dumps(obey(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
