// TLS for outgoing connections: which certificates are believed. Safe from several threads once made.
#pragma once

#include <memory>
#include <string>

#include "shared/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace ownkey::llm {

struct SslDeleter {
  void operator()(ssl_ctx_st* context) const;
  void operator()(ssl_st* session) const;
};
using SslSession = std::unique_ptr<ssl_st, SslDeleter>;

class TlsContext {
 public:
  // Believes the system's certificate authorities, or those of a PEM file alone when one is named.
  static Result<TlsContext> create(const std::string& ca_file);

  // A session on a connected socket that insists on a certificate for this host (a name or an address).
  Result<SslSession> session(int socket, const std::string& host) const;

 private:
  explicit TlsContext(ssl_ctx_st* context) : context_(context) {}

  std::unique_ptr<ssl_ctx_st, SslDeleter> context_;
};

}  // namespace ownkey::llm
