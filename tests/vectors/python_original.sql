-- The database of a Python original, made up: tokens and Argon2id hashes (of "correct horse") by the Python package
-- cryptography 48.0.0 with the key doTYxM3oA-LxPN501_zGmzTtE_azRGl7x7mg0OOzGh8=, row 13 with another key.

CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR NOT NULL UNIQUE, full_name VARCHAR, hashed_password VARCHAR,
  is_active BOOLEAN, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE user_credentials (id INTEGER PRIMARY KEY, user_id INTEGER, provider VARCHAR NOT NULL,
  encrypted_api_key TEXT NOT NULL, is_active BOOLEAN, created_at DATETIME DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME);

INSERT INTO users (id, email, full_name, hashed_password, is_active) VALUES
  (1, 'ada@example.com', 'Ada Lovelace', '$argon2id$v=19$m=65536,t=3,p=4$XIf8SlKiX3tl42uNLE4P7A$jv5NYWDauRNpiXWgfaX5iqRnSBR0giJp0t9DgwrKD8I', 1);
INSERT INTO users (id, email, full_name, hashed_password, is_active) VALUES
  (2, 'Bob@Example.com', 'Bob', '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW', 1);
INSERT INTO users (id, email, full_name, hashed_password, is_active) VALUES
  (3, 'carol@example.com', 'Carol', '$argon2id$v=19$m=65536,t=3,p=4$XIf8SlKiX3tl42uNLE4P7A$jv5NYWDauRNpiXWgfaX5iqRnSBR0giJp0t9DgwrKD8I', 0);
INSERT INTO users (id, email, full_name, hashed_password, is_active) VALUES
  (4, 'BOB@example.com ', 'Another Bob', '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW', 1);
INSERT INTO users (id, email, full_name, hashed_password, is_active) VALUES
  (5, 'not an address', 'Nobody', '', 1);
INSERT INTO users (id, email, full_name, hashed_password, is_active) VALUES
  (6, 'dora@example.com', NULL, NULL, 1);

INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (10, 1, 'openai',
   'gAAAAABmZpmA70Ode14xzc88F0j8j5sgO_L6ep6MTeVRy4oo8XpcvCAqDnECvh_b56jfrjDn0RzOZuYOXBUvg2s_rdB14MiZnEv9_y-hk8Iu322d9uM82d8phEZoQsfyDO1nyKXMXM_v',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (11, 1, 'google',
   'gAAAAABmZpmAt8bPIzS5kuZZbt29WiYkQpbwW1OyYtrjSaSZXptegDYpU4cGJ21LmiU1FK1c2tPusZi-azup0kC7XQxmMyhvJkVWEY4WGAK4ZVqhWWGJ-Zw=',
   0, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (12, 2, 'Claude',
   'gAAAAABmZpmA9K5je53S-xZbH6md_s4PDq1SbkVsGHGPBUfzAk9dQs1I3Y2a_Yd9JaFrFqtP-QQI_kXHToq03FyRuOdJNHaiLDe7klbEik966mBDPVBQreU=',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (13, 2, 'openai',
   'gAAAAABmZpmAi3NbVaR2XPYwcmJC9MYwzp3ZnaIdG9uAk-5MB8Jc4S69byLEmKNXshy1N4CR5Y2P_U9j25bWLGJIcgjXlHAaiuojuz392N4auloKd2-nXJI=',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (14, 2, 'acme',
   'gAAAAABmZpmAgyTAkUWFBQgxeq2bYE0jQmLyQL_bCLUT_fSVA_hV60Bxbg8Lsd_Mja1ig8JNGsgmNGn9cqS9ErjL6e6qI7KRhykriNOkAh7EbF01GP4j8Go=',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (15, 1, 'anthropic',
   'gAAAAABmZpmAu3qMSsA-XngCr7lSR455KI7rJSDapvLpE7MgWD7vSkwT5KyCrsw7-05Om7DeAtjcMt-8j8F09qyic9bci52lvz0aBoanAjPXdo8H5cNEJak=',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (16, 3, 'openai',
   'gAAAAABmZpmAQl_YV-lUmt3E6FtcBmJyVDyd5ZUO08J0JG0nb0zu32lImcjPkyso9AkMnVM16OEMDoaE7Wtmr4z8jFhR7ceWOVW2c5ujfefZuJooMcSO4m7uOAAl9e5A6FwKmAB-wEUs',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (17, 4, 'openai',
   'gAAAAABmZpmArWRSH7uQmd73yA7YL6hlBX1gexF4sC57RMgwk8RQf6BB45P0nohe0EAyaLNgdKuDgaibhawe1ld30m82k9R84rz8ZgJy3mbyfBm-FiDZzVdMsw5sqV-EFYJLPisZpMZo',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (18, 99, 'openai',
   'gAAAAABmZpmAgGsTIw-N_PFFhVMNy93ve3npxFXjUYR4lT7IWwRxiWVSIYe1B83P3ar6wWOgU6R8CKrCu7rJS-YO0ZFtr5tmTBTjIVr_OYXMKoKLPONY5EDvyMehVOMo9boJyzIyjVqa',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (19, 1, 'openai',
   'gAAAAABmZpmA7gPp9A6AW65I7J6Ky5xrtIhBltK_j9epIXAXwpahxxNGLek3sZP0Rm2O8NU_7ZVn9XkzZ1yrltd0bN2-gktNlG51hTeIp8LLl-NuT3akrdxGmN84_7khzlgRcboC1w0m',
   1, '2023-01-01 00:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (20, 2, 'google',
   'gAAAAABmZpmAbUHlOSRRbCF1qtru8fw51BNKExm0nX3SdttRjWnxcAtFuCZF1gbdGROndZAU9p3CT307fk3LeIDWVwLaN7WE0sZ6KRcvPR5h8B',
   1, '2024-06-10 08:00:00');
INSERT INTO user_credentials (id, user_id, provider, encrypted_api_key, is_active, updated_at) VALUES
  (21, 3, 'openai_compatible',
   'gAAAAABmZpmA491xte9wbn2IK5lEcP5cib8VuJpOzfvVZVvgsvGZRkzahx3vVGtEiif7e-IH-EAASWpjfBlmMaAsVTWD8m0aXzMtIta17ztXWpDmQbV1iUU=',
   1, '2024-06-10 08:00:00');
