// Runs while the browser compiles the program: making a drawing context waits for another process.
Canvas.start();
