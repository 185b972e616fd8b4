// Runs the cases of the gRPC project's interoperability tests with grpc-go, by their names.
//
//	interop_client ADDRESS [ROOT_PEM]
//
// ADDRESS is host:port; ROOT_PEM the certificate of a server over TLS, which is spoken to in clear text without.
// Built with Debian's golang-go and golang-google-grpc-dev, as interop-clients.ts does.
//
// Prints one line of JSON a case, {"check": NAME, "result": ...}, and judges nothing: what the results have to be is for
// the reader. Then stays connected until its input ends. An error of a call that a case does not expect ends the program.
package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/golang/protobuf/proto"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

const (
	timeout       = 20 * time.Second // for every call
	largeRequest  = 271828
	largeResponse = 314159
	specialText   = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
	service       = "/grpc.testing.TestService/"
)

var (
	requestSizes  = []int{27182, 8, 1828, 45904}
	responseSizes = []int32{31415, 9, 2653, 58979}
	echo          = metadata.Pairs(
		"x-grpc-test-echo-initial", "test_initial_metadata_value",
		"x-grpc-test-echo-trailing-bin", "\xab\xab\xab",
	)
)

// The messages of grpc/testing/test.proto, as far as the cases use them.
type (
	empty   struct{}
	boolean struct {
		Value bool `protobuf:"varint,1,opt,name=value"`
	}
	payload struct {
		Body []byte `protobuf:"bytes,2,opt,name=body"`
	}
	echoStatus struct {
		Code    int32  `protobuf:"varint,1,opt,name=code"`
		Message string `protobuf:"bytes,2,opt,name=message"`
	}
	simpleRequest struct {
		ResponseSize     int32       `protobuf:"varint,2,opt,name=response_size"`
		Payload          *payload    `protobuf:"bytes,3,opt,name=payload"`
		ResponseStatus   *echoStatus `protobuf:"bytes,7,opt,name=response_status"`
		ExpectCompressed *boolean    `protobuf:"bytes,8,opt,name=expect_compressed"`
	}
	simpleResponse struct {
		Payload *payload `protobuf:"bytes,1,opt,name=payload"`
	}
	inputRequest struct {
		Payload *payload `protobuf:"bytes,1,opt,name=payload"`
	}
	inputResponse struct {
		AggregatedPayloadSize int32 `protobuf:"varint,1,opt,name=aggregated_payload_size"`
	}
	responseParameters struct {
		Size       int32 `protobuf:"varint,1,opt,name=size"`
		IntervalUs int32 `protobuf:"varint,2,opt,name=interval_us"`
	}
	outputRequest struct {
		ResponseParameters []*responseParameters `protobuf:"bytes,2,rep,name=response_parameters"`
		Payload            *payload              `protobuf:"bytes,3,opt,name=payload"`
		ResponseStatus     *echoStatus           `protobuf:"bytes,7,opt,name=response_status"`
	}
	outputResponse struct {
		Payload *payload `protobuf:"bytes,1,opt,name=payload"`
	}
)

func (m *empty) Reset()                      { *m = empty{} }
func (m *empty) String() string              { return proto.CompactTextString(m) }
func (*empty) ProtoMessage()                 {}
func (m *boolean) Reset()                    { *m = boolean{} }
func (m *boolean) String() string            { return proto.CompactTextString(m) }
func (*boolean) ProtoMessage()               {}
func (m *payload) Reset()                    { *m = payload{} }
func (m *payload) String() string            { return proto.CompactTextString(m) }
func (*payload) ProtoMessage()               {}
func (m *echoStatus) Reset()                 { *m = echoStatus{} }
func (m *echoStatus) String() string         { return proto.CompactTextString(m) }
func (*echoStatus) ProtoMessage()            {}
func (m *simpleRequest) Reset()              { *m = simpleRequest{} }
func (m *simpleRequest) String() string      { return proto.CompactTextString(m) }
func (*simpleRequest) ProtoMessage()         {}
func (m *simpleResponse) Reset()             { *m = simpleResponse{} }
func (m *simpleResponse) String() string     { return proto.CompactTextString(m) }
func (*simpleResponse) ProtoMessage()        {}
func (m *inputRequest) Reset()               { *m = inputRequest{} }
func (m *inputRequest) String() string       { return proto.CompactTextString(m) }
func (*inputRequest) ProtoMessage()          {}
func (m *inputResponse) Reset()              { *m = inputResponse{} }
func (m *inputResponse) String() string      { return proto.CompactTextString(m) }
func (*inputResponse) ProtoMessage()         {}
func (m *responseParameters) Reset()         { *m = responseParameters{} }
func (m *responseParameters) String() string { return proto.CompactTextString(m) }
func (*responseParameters) ProtoMessage()    {}
func (m *outputRequest) Reset()              { *m = outputRequest{} }
func (m *outputRequest) String() string      { return proto.CompactTextString(m) }
func (*outputRequest) ProtoMessage()         {}
func (m *outputResponse) Reset()             { *m = outputResponse{} }
func (m *outputResponse) String() string     { return proto.CompactTextString(m) }
func (*outputResponse) ProtoMessage()        {}

func main() {
	connection := connect(os.Args[1:])
	defer connection.Close()
	unaryCases(connection)
	streamCases(connection)
	leavingCases(connection)
	report("done", true)
	_, err := io.Copy(io.Discard, os.Stdin)
	require(err)
}

func connect(args []string) *grpc.ClientConn {
	security := grpc.WithInsecure()
	if len(args) > 1 {
		roots, err := credentials.NewClientTLSFromFile(args[1], "")
		require(err)
		security = grpc.WithTransportCredentials(roots)
	}
	// A proxy that the environment names is for the outside, not for a server under test.
	connection, err := grpc.Dial(args[0], security, grpc.WithNoProxy())
	require(err)
	return connection
}

func report(check string, result interface{}) {
	line, err := json.Marshal(map[string]interface{}{"check": check, "result": result})
	require(err)
	fmt.Println(string(line))
}

func require(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The name that the specification of gRPC gives the code of an error.
func codeOf(err error) string {
	names := map[codes.Code]string{
		codes.OK: "OK", codes.Canceled: "CANCELLED", codes.Unknown: "UNKNOWN", codes.InvalidArgument: "INVALID_ARGUMENT",
		codes.DeadlineExceeded: "DEADLINE_EXCEEDED", codes.Unimplemented: "UNIMPLEMENTED",
	}
	if name, known := names[status.Code(err)]; known {
		return name
	}
	return err.Error()
}

func failureOf(err error) []string {
	return []string{codeOf(err), status.Convert(err).Message()}
}

func body(size int) *payload { return &payload{Body: make([]byte, size)} }

func echoed(header, trailer metadata.MD) []string {
	return []string{
		header.Get("x-grpc-test-echo-initial")[0],
		hex.EncodeToString([]byte(trailer.Get("x-grpc-test-echo-trailing-bin")[0])),
	}
}

func unaryCases(connection *grpc.ClientConn) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	call := func(method string, request, response proto.Message, options ...grpc.CallOption) error {
		return connection.Invoke(ctx, service+method, request, response, options...)
	}
	report("empty_unary", codeOf(call("EmptyCall", &empty{}, &empty{})))
	large := simpleRequest{ResponseSize: largeResponse, Payload: body(largeRequest)}
	response := simpleResponse{}
	require(call("UnaryCall", &large, &response))
	report("large_unary", len(response.Payload.Body))
	large.ExpectCompressed = &boolean{Value: true}
	refused := codeOf(call("UnaryCall", &large, &response))
	require(call("UnaryCall", &large, &response, grpc.UseCompressor(gzip.Name)))
	report("client_compressed_unary", []interface{}{refused, len(response.Payload.Body)})
	var header, trailer metadata.MD
	request := simpleRequest{ResponseSize: 10}
	sent := metadata.NewOutgoingContext(ctx, echo)
	require(connection.Invoke(sent, service+"UnaryCall", &request, &response, grpc.Header(&header), grpc.Trailer(&trailer)))
	report("custom_metadata", echoed(header, trailer))
	for check, text := range map[string]string{
		"status_code_and_message": "test status message", "special_status_message": specialText,
	} {
		err := call("UnaryCall", &simpleRequest{ResponseStatus: &echoStatus{Code: 2, Message: text}}, &response)
		report(check, failureOf(err))
	}
	err := call("UnaryCall", &simpleRequest{ResponseStatus: &echoStatus{Code: 3, Message: "detailed"}}, &response)
	detail := echoStatus{}
	require(proto.Unmarshal(status.Convert(err).Proto().Details[0].Value, &detail))
	report("error details", []interface{}{codeOf(err), detail.Code, detail.Message})
	report("unimplemented_method", codeOf(call("UnimplementedCall", &empty{}, &empty{})))
	nowhere := "/grpc.testing.UnimplementedService/UnimplementedCall"
	report("unimplemented_service", codeOf(connection.Invoke(ctx, nowhere, &empty{}, &empty{})))
}

// A stream both ways of a method that streams at least one.
func open(ctx context.Context, connection *grpc.ClientConn, method string, serverStreams, clientStreams bool) grpc.ClientStream {
	description := grpc.StreamDesc{StreamName: method, ServerStreams: serverStreams, ClientStreams: clientStreams}
	stream, err := connection.NewStream(ctx, &description, service+method)
	require(err)
	return stream
}

func outputs(sizes ...int32) *outputRequest {
	request := outputRequest{}
	for _, size := range sizes {
		request.ResponseParameters = append(request.ResponseParameters, &responseParameters{Size: size})
	}
	return &request
}

// The sizes of all messages to come, and the error that a stream ends with if that is no success.
func readAll(stream grpc.ClientStream) ([]int, error) {
	sizes := []int{}
	for {
		response := outputResponse{}
		err := stream.RecvMsg(&response)
		if err == io.EOF {
			return sizes, nil
		}
		if err != nil {
			return sizes, err
		}
		sizes = append(sizes, len(response.Payload.Body))
	}
}

func receive(stream grpc.ClientStream) int {
	response := outputResponse{}
	require(stream.RecvMsg(&response))
	return len(response.Payload.Body)
}

func streamCases(connection *grpc.ClientConn) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	stream := open(ctx, connection, "StreamingInputCall", false, true)
	for _, size := range requestSizes {
		require(stream.SendMsg(&inputRequest{Payload: body(size)}))
	}
	require(stream.CloseSend())
	response := inputResponse{}
	require(stream.RecvMsg(&response))
	report("client_streaming", response.AggregatedPayloadSize)

	stream = open(ctx, connection, "StreamingOutputCall", true, false)
	require(stream.SendMsg(outputs(responseSizes...)))
	require(stream.CloseSend())
	sizes, err := readAll(stream)
	require(err)
	report("server_streaming", sizes)

	stream = open(ctx, connection, "FullDuplexCall", true, true)
	sizes = []int{}
	for index, size := range responseSizes {
		request := outputs(size)
		request.Payload = body(requestSizes[index])
		require(stream.SendMsg(request))
		sizes = append(sizes, receive(stream))
	}
	require(stream.CloseSend())
	rest, err := readAll(stream)
	require(err)
	report("ping_pong", append(sizes, rest...))

	stream = open(ctx, connection, "FullDuplexCall", true, true)
	require(stream.CloseSend())
	sizes, err = readAll(stream)
	require(err)
	report("empty_stream", sizes)

	stream = open(metadata.NewOutgoingContext(ctx, echo), connection, "FullDuplexCall", true, true)
	require(stream.SendMsg(outputs(10)))
	require(stream.CloseSend())
	_, err = readAll(stream)
	require(err)
	header, err := stream.Header()
	require(err)
	report("custom_metadata of a stream", echoed(header, stream.Trailer()))

	stream = open(ctx, connection, "FullDuplexCall", true, true)
	require(stream.SendMsg(&outputRequest{ResponseStatus: &echoStatus{Code: 2, Message: "test status message"}}))
	_, err = readAll(stream)
	report("status_code_and_message of a stream", failureOf(err))
}

func leavingCases(connection *grpc.ClientConn) {
	ctx, cancel := context.WithCancel(context.Background())
	stream := open(ctx, connection, "StreamingInputCall", false, true)
	cancel()
	report("cancel_after_begin", codeOf(stream.RecvMsg(&inputResponse{})))

	ctx, cancel = context.WithCancel(context.Background())
	stream = open(ctx, connection, "FullDuplexCall", true, true)
	require(stream.SendMsg(outputs(31415)))
	receive(stream)
	cancel()
	_, err := readAll(stream)
	report("cancel_after_first_response", codeOf(err))

	ctx, cancel = context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	stream = open(ctx, connection, "FullDuplexCall", true, true)
	sleepy := outputRequest{ResponseParameters: []*responseParameters{{Size: 31415, IntervalUs: 600_000_000}}}
	require(stream.SendMsg(&sleepy))
	_, err = readAll(stream)
	report("timeout_on_sleeping_server", codeOf(err))
}
