// Painter: draws what ImGui laid out on the WebGL2 canvas.
//
// Not ImGui's own OpenGL backend: that one saves and restores GL state each frame, and asking a browser for GL state
// waits for the GPU process (50 ms a frame measured; see Dear ImGui's pull request 6085). Nothing else draws here, so
// there is nothing to restore.
#pragma once

#include <cstdint>

struct ImDrawData;

namespace ownkey::platform {

class Painter {
 public:
  // Nothing reaches the browser for a picture like the last one: it would compose a whole frame anew.
  void paint(ImDrawData& picture);

 private:
  bool update_textures(ImDrawData& picture);

  int last_texture_ = 0;
  std::uint64_t shown_ = 0;  // the hash of the last picture
};

}  // namespace ownkey::platform
