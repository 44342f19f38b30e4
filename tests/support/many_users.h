// Many users at once, in one transaction: each sign-up of its own would wait for the disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/crypto/digest.h"
#include "server/crypto/random.h"
#include "server/store/database.h"
#include "server/vault/key_ring.h"

namespace ownkey::test {

// Adds users without a password that anybody knows, each with a data key, to an accounts file that exists.
inline std::vector<base::UserId> add_many_users(const std::filesystem::path& accounts_file, const vault::KeyRing& keys,
                                                crypto::Random& random, int count, base::Time now) {
  auto database = store::Database::open(accounts_file, {.if_missing = store::OpenOptions::IfMissing::Fail});
  std::vector<base::UserId> users;
  store::Transaction transaction(database);
  for (int i = 0; i < count; ++i) {
    const auto& user = users.emplace_back(crypto::new_id(random));
    database
        .prepare(
            "INSERT INTO users (user_id, email, full_name, password_hash, created_at, updated_at) "
            "VALUES (?, ?, '', '$none$', ?, ?)")
        .bind_all(user.text(), user.text() + "@example.com", now, now)
        .run();
    const auto data_key = keys.new_data_key(user);
    database
        .prepare("INSERT INTO data_keys (user_id, version, master_key_id, wrapped, created_at) VALUES (?, ?, ?, ?, ?)")
        .bind_all(user.text(), std::int64_t{data_key.version}, std::int64_t{data_key.master_key_id},
                  base::ByteView(data_key.wrapped.bytes()), now)
        .run();
  }
  transaction.commit();
  return users;
}

struct SignedIn {
  base::UserId user;
  std::string token;  // of a session
};

inline std::string token_of(const base::UserId& user) { return "token-of-" + user.text(); }

// Gives each user a session.
inline std::vector<SignedIn> sign_in(const std::filesystem::path& accounts_file, const std::vector<base::UserId>& users,
                                     base::Time now) {
  auto database = store::Database::open(accounts_file, {.if_missing = store::OpenOptions::IfMissing::Fail});
  std::vector<SignedIn> people;
  store::Transaction transaction(database);
  for (const auto& user : users) {
    const auto& person = people.emplace_back(SignedIn{user, token_of(user)});
    const auto hash = crypto::sha256(base::bytes_of(person.token));
    database
        .prepare(
            "INSERT INTO sessions (user_id, session_id, token_hash, address, agent, created_at, last_used_at) "
            "VALUES (?, 'made', ?, '127.0.0.1', '', ?, ?)")
        .bind_all(user.text(), base::ByteView(hash), now, now)
        .run();
  }
  transaction.commit();
  return people;
}

}  // namespace ownkey::test
