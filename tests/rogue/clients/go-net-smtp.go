// Go's net/smtp, with the error as log.Fatal shows it. It has no debug mode.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"log"
	"net"
	"net/smtp"
	"os"
	"strconv"
	"strings"
	"time"
)

func env(name string) string { return os.Getenv("ROGUE_" + name) }

func send() error {
	seconds, _ := strconv.Atoi(env("TIMEOUT"))
	timeout := time.Duration(seconds) * time.Second
	pem, err := os.ReadFile(env("CA"))
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	config := &tls.Config{ServerName: env("HOST"), RootCAs: roots}
	conn, err := net.DialTimeout("tcp", net.JoinHostPort(env("HOST"), env("PORT")), timeout)
	if err != nil {
		return err
	}
	conn.SetDeadline(time.Now().Add(timeout))
	if env("TLS") == "implicit" {
		conn = tls.Client(conn, config)
	}
	client, err := smtp.NewClient(conn, env("HOST"))
	if err != nil {
		return err
	}
	if err := client.Hello("client.example"); err != nil {
		return err
	}
	if env("TLS") == "starttls" {
		if err := client.StartTLS(config); err != nil {
			return err
		}
	}
	if env("AUTH") == "password" {
		auth := smtp.PlainAuth("", env("USER"), env("PASSWORD"), env("HOST"))
		if err := client.Auth(auth); err != nil {
			return err
		}
	}
	if err := client.Mail(env("FROM")); err != nil {
		return err
	}
	for _, to := range strings.Split(env("TO"), ",") {
		if err := client.Rcpt(to); err != nil {
			return err
		}
	}
	data, err := client.Data()
	if err != nil {
		return err
	}
	message, err := os.ReadFile(env("MESSAGE"))
	if err != nil {
		return err
	}
	if _, err := data.Write(message); err != nil {
		return err
	}
	if err := data.Close(); err != nil {
		return err
	}
	return client.Quit()
}

func main() {
	if err := send(); err != nil {
		log.Fatal(err)
	}
}
