#include "server/llm/tls_context.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "server/llm/host_rules.h"

namespace ownkey::llm {
namespace {

Error tls_failure(const std::string& log_text) {
  return {ErrorKind::Internal, "this server cannot set up encryption; its operator must look at its log", log_text};
}

}  // namespace

void SslDeleter::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void SslDeleter::operator()(ssl_st* session) const { SSL_free(session); }

Result<TlsContext> TlsContext::create(const std::string& ca_file) {
  TlsContext tls(SSL_CTX_new(TLS_client_method()));
  SSL_CTX* const context = tls.context_.get();
  if (!context) return tls_failure("no TLS context");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  // A non-blocking socket may take part of a record; the rest is written from wherever the buffer is by then.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (ca_file.empty()) {
    if (SSL_CTX_set_default_verify_paths(context) != 1) return tls_failure("no system certificate authorities");
  } else if (SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr) != 1) {
    return tls_failure("cannot read the certificate authorities in " + ca_file);
  }
  return tls;
}

Result<SslSession> TlsContext::session(int socket, const std::string& host) const {
  SslSession session(SSL_new(context_.get()));
  if (!session || SSL_set_fd(session.get(), socket) != 1) return tls_failure("no TLS session");
  if (IpAddress::parse(host)) {
    if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), host.c_str()) != 1)
      return tls_failure("bad address");
    return session;
  }
  SSL_set_hostflags(session.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (SSL_set1_host(session.get(), host.c_str()) != 1) return tls_failure("bad host name");
  // The macro SSL_set_tlsext_host_name casts away const in the old style.
  SSL_ctrl(session.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
  return session;
}

}  // namespace ownkey::llm
