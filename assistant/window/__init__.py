"""The window: shows the session and turns what the user does into events. It decides nothing about the turn.

`app.run` opens it and stays until it is closed; `bridge.Bridge` is the `View` that the engine talks to. Sessions come in
on the engine's thread and go out to the widgets on Qt's, at most thirty a second; what takes time is asked of
`Controls` on worker threads (`errands`).
"""
