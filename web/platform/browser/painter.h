// Painter: draws what ImGui laid out on the WebGL2 canvas.
//
// Not ImGui's own OpenGL backend: that one saves and restores GL state each frame, and asking a browser for GL state
// waits for the GPU process (50 ms a frame measured; see Dear ImGui's pull request 6085). Nothing else draws here, so
// there is nothing to restore.
#pragma once

struct ImDrawData;

namespace ownkey::platform {

class Painter {
 public:
  void paint(ImDrawData& picture);

 private:
  void update_textures(ImDrawData& picture);

  int last_texture_ = 0;
};

}  // namespace ownkey::platform
