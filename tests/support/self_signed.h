// A TLS certificate of one's own for "localhost", made when a test needs it.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace ownkey::test {

namespace detail {

template <class T, auto free>
struct Freed {
  void operator()(T* object) const { free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::FILE, std::fclose>>;

}  // namespace detail

// Writes both as PEM.
inline void write_self_signed(const std::filesystem::path& certificate_file, const std::filesystem::path& key_file) {
  const detail::Key key(EVP_EC_gen("P-256"));
  const detail::Certificate certificate(X509_new());
  if (!key || !certificate) throw std::runtime_error("no certificate");
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const detail::File certificate_out(std::fopen(certificate_file.c_str(), "w"));
  const detail::File key_out(std::fopen(key_file.c_str(), "w"));
  if (!certificate_out || !key_out || PEM_write_X509(certificate_out.get(), certificate.get()) != 1 ||
      PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    throw std::runtime_error("no certificate");
}

}  // namespace ownkey::test
