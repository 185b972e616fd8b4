// The gRPC C++ server of the comparison, with the greeter's messages: its synchronous kind, or with `callback` as its argument SayHello
// by the callback API. The messages are read and written by hand, as
// the protocol buffers' own headers are not part of what libgrpc++-dev brings; for two short strings that is no slower.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/rpc_service_method.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/codegen/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

namespace {

using grpc::ByteBuffer;

struct HelloRequest {
  std::string name;
  std::string language;
  uint64_t count = 0;
};

uint64_t ReadVarint(const uint8_t*& at, const uint8_t* end) {
  uint64_t value = 0;
  for (int shift = 0; at < end && shift < 64; shift += 7) {
    const uint8_t byte = *at++;
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

bool Parse(const ByteBuffer& buffer, HelloRequest* request) {
  grpc::Slice slice;
  if (buffer.Length() > 0 && !buffer.DumpToSingleSlice(&slice).ok()) return false;
  const uint8_t* at = slice.begin();
  const uint8_t* end = slice.end();
  while (at < end) {
    const uint64_t tag = ReadVarint(at, end);
    const uint64_t value = ReadVarint(at, end);
    if ((tag & 7) == 0) {
      if (tag >> 3 == 4) request->count = value;
      continue;
    }
    if ((tag & 7) != 2 || value > static_cast<uint64_t>(end - at)) return false;
    std::string text(reinterpret_cast<const char*>(at), value);
    at += value;
    if (tag >> 3 == 1) request->name = std::move(text);
    if (tag >> 3 == 2) request->language = std::move(text);
  }
  return true;
}

void WriteVarint(std::string* out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

void WriteText(std::string* out, int field, const std::string& text) {
  out->push_back(static_cast<char>(field << 3 | 2));
  WriteVarint(out, text.size());
  out->append(text);
}

ByteBuffer Greeting(const HelloRequest& request, uint64_t number) {
  std::string bytes;
  WriteText(&bytes, 1, "Hello " + request.name);
  WriteText(&bytes, 2, request.language.empty() ? "en" : request.language);
  if (number > 0) {
    bytes.push_back(3 << 3);
    WriteVarint(&bytes, number);
  }
  grpc::Slice slice(bytes);
  return ByteBuffer(&slice, 1);
}

const grpc::Status kBadMessage(grpc::StatusCode::INVALID_ARGUMENT, "not a greeting's request");

class Greeter final : public grpc::Service {
 public:
  Greeter() {
    using grpc::internal::RpcMethod;
    using grpc::internal::RpcServiceMethod;
    AddMethod(new RpcServiceMethod(
        "/triptych.greeter.v1.GreeterService/SayHello", RpcMethod::NORMAL_RPC,
        new grpc::internal::RpcMethodHandler<Greeter, ByteBuffer, ByteBuffer>(
            [](Greeter*, grpc::ServerContext*, const ByteBuffer* in, ByteBuffer* out) {
              HelloRequest request;
              if (!Parse(*in, &request)) return kBadMessage;
              *out = Greeting(request, 0);
              return grpc::Status::OK;
            },
            this)));
    AddMethod(new RpcServiceMethod(
        "/triptych.greeter.v1.GreeterService/StreamGreetings", RpcMethod::SERVER_STREAMING,
        new grpc::internal::ServerStreamingHandler<Greeter, ByteBuffer, ByteBuffer>(
            [](Greeter*, grpc::ServerContext*, const ByteBuffer* in, grpc::ServerWriter<ByteBuffer>* out) {
              HelloRequest request;
              if (!Parse(*in, &request)) return kBadMessage;
              for (uint64_t number = 1; number <= request.count; number++) {
                if (!out->Write(Greeting(request, number))) break;
              }
              return grpc::Status::OK;
            },
            this)));
  }
};

class CallbackGreeter final : public grpc::Service {
 public:
  CallbackGreeter() {
    using grpc::internal::RpcMethod;
    using grpc::internal::RpcServiceMethod;
    AddMethod(
        new RpcServiceMethod("/triptych.greeter.v1.GreeterService/SayHello", RpcMethod::NORMAL_RPC, nullptr));
    MarkMethodCallback(
        0, new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
               [](grpc::CallbackServerContext* context, const ByteBuffer* in, ByteBuffer* out) {
                 grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
                 HelloRequest request;
                 const bool is_good = Parse(*in, &request);
                 if (is_good) *out = Greeting(request, 0);
                 reactor->Finish(is_good ? grpc::Status::OK : kBadMessage);
                 return reactor;
               }));
  }
};

}  // namespace

int main(int count, char** arguments) {
  Greeter greeter;
  CallbackGreeter callback_greeter;
  const bool is_callback = count > 1 && std::strcmp(arguments[1], "callback") == 0;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  if (is_callback) {
    builder.RegisterService(&callback_greeter);
  } else {
    builder.RegisterService(&greeter);
  }
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return 1;
  std::printf("listening on http://127.0.0.1:%d\n", port);
  std::fflush(stdout);
  // Until a signal ends the process.
  server->Wait();
  return 0;
}
