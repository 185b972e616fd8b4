# What is different in deploy/nginx.conf behind compose.yaml: where the servers and the certificate are.
s|server 127\.0\.0\.1:8081;|server triptych:8080;|
/server 127\.0\.0\.1:8082;/d
s|/etc/ssl/certs/triptych\.pem|/certificate/certificate.pem|
s|/etc/ssl/private/triptych\.key|/certificate/key.pem|
