# frozen_string_literal: true

# Runs the cases of the gRPC project's interoperability tests with Ruby's grpc, by their names.
#
#     ruby interop_client.rb ADDRESS SCHEMA [ROOT_PEM]
#
# ADDRESS is host:port; SCHEMA a file with the serialized FileDescriptorProto of grpc/testing/test.proto; ROOT_PEM the
# certificate of a server over TLS, which is spoken to in clear text without. Needs Debian's ruby-grpc.
#
# Prints one line of JSON a case, {"check": NAME, "result": ...}, and judges nothing: what the results have to be is for
# the reader. Then stays connected until its input ends. An error of a call that a case does not expect ends the script.

require "json"
require "google/protobuf"
require "google/rpc/status_pb"
require "grpc"

TIMEOUT = 20 # seconds, for every call
LARGE_REQUEST = 271_828
LARGE_RESPONSE = 314_159
REQUEST_SIZES = [27_182, 8, 1_828, 45_904].freeze
RESPONSE_SIZES = [31_415, 9, 2_653, 58_979].freeze
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1f608}\t\n"
ECHO = {
  "x-grpc-test-echo-initial" => "test_initial_metadata_value",
  "x-grpc-test-echo-trailing-bin" => "\xab\xab\xab".b
}.freeze
CODES = GRPC::Core::StatusCodes.constants.to_h { |name| [GRPC::Core::StatusCodes.const_get(name), name.to_s] }.freeze

address, schema, roots = ARGV
pool = Google::Protobuf::DescriptorPool.generated_pool
pool.add_serialized_file(File.binread(schema))
MESSAGES = Hash.new { |known, name| known[name] = pool.lookup("grpc.testing.#{name}").msgclass }

# The methods of the service, by their names.
class Service
  include GRPC::GenericService
  self.marshal_class_method = :encode
  self.unmarshal_class_method = :decode
  self.service_name = "grpc.testing.TestService"
  rpc :EmptyCall, MESSAGES["Empty"], MESSAGES["Empty"]
  rpc :UnaryCall, MESSAGES["SimpleRequest"], MESSAGES["SimpleResponse"]
  rpc :StreamingOutputCall, MESSAGES["StreamingOutputCallRequest"], stream(MESSAGES["StreamingOutputCallResponse"])
  rpc :StreamingInputCall, stream(MESSAGES["StreamingInputCallRequest"]), MESSAGES["StreamingInputCallResponse"]
  rpc :FullDuplexCall, stream(MESSAGES["StreamingOutputCallRequest"]), stream(MESSAGES["StreamingOutputCallResponse"])
  rpc :UnimplementedCall, MESSAGES["Empty"], MESSAGES["Empty"]
end

# A service that the server does not have.
class Nowhere
  include GRPC::GenericService
  self.marshal_class_method = :encode
  self.unmarshal_class_method = :decode
  self.service_name = "grpc.testing.UnimplementedService"
  rpc :UnimplementedCall, MESSAGES["Empty"], MESSAGES["Empty"]
end

# The requests of a conversation, sent one by one and never ended by themselves.
class Requests
  def initialize
    @waiting = Queue.new
  end

  def send(request)
    @waiting << request
  end

  def end
    @waiting << nil
  end

  def each
    return enum_for(:each) unless block_given?

    while (request = @waiting.pop)
      yield request
    end
  end
end

def report(check, result)
  puts JSON.generate({ check:, result: })
  $stdout.flush
end

# The status code and the message that a call ends with, which must be an error.
def failure_of
  yield
  raise "a call must fail"
rescue GRPC::BadStatus => e
  [CODES.fetch(e.code), e.details.dup.force_encoding("UTF-8")]
end

def payload(size)
  MESSAGES["Payload"].new(body: "\0".b * size)
end

def outputs(*sizes, **fields)
  parameters = sizes.map { |size| MESSAGES["ResponseParameters"].new(size:) }
  MESSAGES["StreamingOutputCallRequest"].new(response_parameters: parameters, **fields)
end

def echoed(operation)
  [operation.metadata["x-grpc-test-echo-initial"],
   operation.trailing_metadata["x-grpc-test-echo-trailing-bin"].unpack1("H*")]
end

def sizes_of(responses)
  responses.map { |response| response.payload.body.bytesize }
end

# Calls the service with the status that it is to end with.
def ending_with(stub, code, message)
  status = MESSAGES["EchoStatus"].new(code:, message:)
  stub.unary_call(MESSAGES["SimpleRequest"].new(response_status: status))
end

def unary_cases(stub, nowhere)
  empty = MESSAGES["Empty"].new
  stub.empty_call(empty)
  report "empty_unary", "OK"
  large = MESSAGES["SimpleRequest"].new(response_size: LARGE_RESPONSE, payload: payload(LARGE_REQUEST))
  report "large_unary", stub.unary_call(large).payload.body.bytesize
  large.expect_compressed = MESSAGES["BoolValue"].new(value: true)
  refused, = failure_of { stub.unary_call(large) }
  answer = stub.unary_call(large, metadata: { "grpc-internal-encoding-request" => "gzip" })
  report "client_compressed_unary", [refused, answer.payload.body.bytesize]
  operation = stub.unary_call(MESSAGES["SimpleRequest"].new(response_size: 10), metadata: ECHO, return_op: true)
  operation.execute
  report "custom_metadata", echoed(operation)
  report "status_code_and_message", (failure_of { ending_with(stub, 2, "test status message") })
  report "special_status_message", (failure_of { ending_with(stub, 2, SPECIAL_MESSAGE) })
  report "error details", details_of(stub)
  report "unimplemented_method", failure_of { stub.unimplemented_call(empty) }.first
  report "unimplemented_service", failure_of { nowhere.unimplemented_call(empty) }.first
end

# What an error says beyond its message.
def details_of(stub)
  ending_with(stub, 3, "detailed")
rescue GRPC::InvalidArgument => e
  detail = MESSAGES["EchoStatus"].decode(e.to_rpc_status.details.first.value)
  [CODES.fetch(e.code), detail.code, detail.message]
end

def stream_cases(stub)
  parts = REQUEST_SIZES.map { |size| MESSAGES["StreamingInputCallRequest"].new(payload: payload(size)) }
  report "client_streaming", stub.streaming_input_call(parts).aggregated_payload_size
  report "server_streaming", sizes_of(stub.streaming_output_call(outputs(*RESPONSE_SIZES)))
  report "ping_pong", ping_pong(stub)
  report "empty_stream", sizes_of(stub.full_duplex_call([]))
  operation = stub.full_duplex_call([outputs(10)], metadata: ECHO, return_op: true)
  operation.execute.to_a
  report "custom_metadata of a stream", echoed(operation)
  status = outputs(response_status: MESSAGES["EchoStatus"].new(code: 2, message: "test status message"))
  report "status_code_and_message of a stream", (failure_of { stub.full_duplex_call([status]).to_a })
end

def ping_pong(stub)
  requests = Requests.new
  responses = stub.full_duplex_call(requests.each)
  sizes = REQUEST_SIZES.zip(RESPONSE_SIZES).map do |request_size, size|
    requests.send(outputs(size, payload: payload(request_size)))
    responses.next.payload.body.bytesize
  end
  requests.end
  begin
    sizes << responses.next
  rescue StopIteration
    sizes
  end
end

def leaving_cases(stub)
  requests = Requests.new
  operation = stub.streaming_input_call(requests.each, return_op: true)
  call = Thread.new { failure_of { operation.execute }.first }
  requests.send(MESSAGES["StreamingInputCallRequest"].new(payload: payload(1)))
  operation.cancel
  requests.end
  report "cancel_after_begin", call.value

  requests = Requests.new
  operation = stub.full_duplex_call(requests.each, return_op: true)
  responses = operation.execute
  requests.send(outputs(31_415))
  responses.next
  operation.cancel
  report "cancel_after_first_response", failure_of { loop { responses.next } }.first
  requests.end

  requests = Requests.new
  sleepy = MESSAGES["ResponseParameters"].new(size: 31_415, interval_us: 600_000_000)
  requests.send(MESSAGES["StreamingOutputCallRequest"].new(response_parameters: [sleepy]))
  late = failure_of { stub.full_duplex_call(requests.each, deadline: Time.now + 0.03).to_a }.first
  report "timeout_on_sleeping_server", late
  requests.end
end

credentials = roots ? GRPC::Core::ChannelCredentials.new(File.read(roots)) : :this_channel_is_insecure
# A proxy that the environment names is for the outside, not for a server under test.
options = { timeout: TIMEOUT, channel_args: { "grpc.enable_http_proxy" => 0 } }
stub = Service.rpc_stub_class.new(address, credentials, **options)
nowhere = Nowhere.rpc_stub_class.new(address, credentials, **options)
unary_cases(stub, nowhere)
stream_cases(stub)
leaving_cases(stub)
report "done", true
$stdin.read
