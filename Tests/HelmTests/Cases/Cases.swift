/// What both engines are asked to render.
enum Cases {}
