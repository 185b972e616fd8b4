// The grpc-go server of the comparison, with the greeter's SayHello. Its two short strings are read and written by hand, as in the C++
// server: Debian's package of the protocol buffers for Go has no compiler for these messages.
package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"

	"google.golang.org/grpc"
)

type helloRequest struct{ name, language string }
type helloResponse struct{ message, language string }

// The two messages of SayHello.
type codec struct{}

var errBadMessage = errors.New("not a greeting's request")

func (codec) String() string { return "proto" }

func (codec) Unmarshal(data []byte, value interface{}) error {
	request := value.(*helloRequest)
	for len(data) > 0 {
		tag, tagBytes := binary.Uvarint(data)
		if tagBytes <= 0 || tag&7 != 2 {
			return errBadMessage
		}
		data = data[tagBytes:]
		length, lengthBytes := binary.Uvarint(data)
		if lengthBytes <= 0 || length > uint64(len(data)-lengthBytes) {
			return errBadMessage
		}
		text := string(data[lengthBytes : lengthBytes+int(length)])
		data = data[lengthBytes+int(length):]
		switch tag >> 3 {
		case 1:
			request.name = text
		case 2:
			request.language = text
		}
	}
	return nil
}

func (codec) Marshal(value interface{}) ([]byte, error) {
	response := value.(*helloResponse)
	bytes := make([]byte, 0, len(response.message)+len(response.language)+8)
	return appendText(appendText(bytes, 1, response.message), 2, response.language), nil
}

func appendText(bytes []byte, field byte, text string) []byte {
	var length [binary.MaxVarintLen64]byte
	size := binary.PutUvarint(length[:], uint64(len(text)))
	return append(append(append(bytes, field<<3|2), length[:size]...), text...)
}

func sayHello(_ interface{}, _ context.Context, decode func(interface{}) error, _ grpc.UnaryServerInterceptor) (interface{}, error) {
	request := new(helloRequest)
	if err := decode(request); err != nil {
		return nil, err
	}
	if request.language == "" {
		request.language = "en"
	}
	return &helloResponse{message: "Hello " + request.name, language: request.language}, nil
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server := grpc.NewServer(grpc.CustomCodec(codec{}))
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "triptych.greeter.v1.GreeterService",
		HandlerType: (*interface{})(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "SayHello", Handler: sayHello}},
	}, struct{}{})
	fmt.Printf("listening on http://%s\n", listener.Addr())
	// Until a signal ends the process.
	if err := server.Serve(listener); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
