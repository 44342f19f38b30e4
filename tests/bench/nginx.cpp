#include "tests/bench/nginx.h"

#include "tests/bench/sockets.h"

namespace ownkey::bench {
namespace {

constexpr const char* kProgram = "/usr/sbin/nginx";

}  // namespace

bool Nginx::is_installed() { return std::filesystem::exists(kProgram); }

Nginx::Nginx(int upstream_port)
    : port_(free_port()),
      process_(
          {kProgram, "-p", folder_.path().string(), "-e", "stderr", "-c", write_settings(upstream_port).string()}) {
  if (!test::eventually([this] { return process_.has_ended() || is_listening(port_); }) || process_.has_ended())
    throw std::runtime_error("nginx did not start: " + process_.err());
}

// It ends its worker itself; killed, it would leave it behind.
Nginx::~Nginx() { process_.stop(); }

std::filesystem::path Nginx::write_settings(int upstream_port) const {
  const auto folder = folder_.path().string();
  std::string places;
  for (const std::string kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    places += "  " + kind + "_temp_path " + folder + "/" + kind + ";\n";
  const auto file = folder_ / "nginx.conf";
  test::write_file(file,
                   "daemon off;\n"
                   "worker_processes 1;\n"
                   "pid " +
                       folder +
                       "/nginx.pid;\n"
                       "events { worker_connections 1024; }\n"
                       "http {\n"
                       "  access_log off;\n"
                       "  keepalive_requests 1000000000;\n"
                       "  upstream provider {\n"
                       "    server 127.0.0.1:" +
                       std::to_string(upstream_port) +
                       ";\n"
                       "    keepalive 64;\n"
                       "    keepalive_requests 1000000000;\n"
                       "  }\n"
                       "  server {\n"
                       "    listen 127.0.0.1:" +
                       std::to_string(port_) +
                       ";\n"
                       "    location / {\n"
                       "      proxy_pass http://provider;\n"
                       "      proxy_http_version 1.1;\n"
                       "      proxy_set_header Connection \"\";\n"
                       "    }\n"
                       "  }\n" +
                       places + "}\n");
  return file;
}

}  // namespace ownkey::bench
