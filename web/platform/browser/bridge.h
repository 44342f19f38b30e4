// The border between C++ and JavaScript. Imports are written in the .js files beside this one, exports in
// browser_platform.cpp. Texts cross as UTF-8 with their length; `platform` is the BrowserPlatform, handed back
// untouched.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// frame.js, events.js
void ownkey_js_start(void* platform);
void ownkey_js_follow_scrolling(int follow);

// canvas.js
float ownkey_js_resize(float content_height);
int ownkey_js_has_canvas();
int ownkey_js_is_cleared();
void ownkey_js_create_texture(int id, int width, int height, const void* pixels);
void ownkey_js_update_texture(int id, int texture_width, const void* pixels, int x, int y, int width, int height);
void ownkey_js_delete_texture(int id);
void ownkey_js_begin_picture();
void ownkey_js_load_list(const void* vertices, std::size_t vertex_bytes, const void* indices, std::size_t index_bytes);
void ownkey_js_draw(int texture, unsigned count, std::size_t index_offset, std::size_t vertex_offset, float left,
                    float top, float right, float bottom);

// text.js: five floats out (see TextMetrics)
void ownkey_js_measure(const char* text, std::size_t size, float px, int weight, int mono, float* out);
float ownkey_js_baseline(float px, int weight, int mono, float line_height);
void ownkey_js_rasterise(const char* text, std::size_t size, float px, int weight, int mono, std::uint32_t rgb,
                         int left, int top, int width, int height, unsigned char* pixels, int stride);

// mirror.js
void ownkey_js_show(const char* records, std::size_t size);
void ownkey_js_set_text(std::uint32_t field, const char* text, std::size_t size);
void ownkey_js_focus(std::uint32_t id);

// page.js
void ownkey_js_announce(const char* text, std::size_t size, int assertive);
void ownkey_js_set_address(const char* address, std::size_t size, int push);
void ownkey_js_set_title(const char* title, std::size_t size);
void ownkey_js_guard_leaving(int guard);
void ownkey_js_copy(const char* text, std::size_t size);
void ownkey_js_set_look(const char* theme, std::size_t size, float text_scale, int reduce_motion);
int ownkey_js_utc_offset(double unix_s);
void ownkey_js_pick_file();
void ownkey_js_report_defect(const char* text, std::size_t size);

// network.js
void ownkey_js_send(std::uint32_t id, const char* method, std::size_t method_size, const char* path,
                    std::size_t path_size, const char* user, std::size_t user_size, const char* body,
                    std::size_t body_size);
void ownkey_js_follow(std::uint32_t id, const char* path, std::size_t path_size, const char* names,
                      std::size_t names_size);
void ownkey_js_abandon(std::uint32_t id);
}
