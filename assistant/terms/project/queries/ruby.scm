(method name: (identifier) @method)
(singleton_method name: (identifier) @method)
(class name: (constant) @class)
(class name: (scope_resolution name: (constant) @class))
(module name: (constant) @module)
(assignment left: (constant) @constant)
(call
  method: (identifier) @_require arguments: (argument_list (string) @source)
  (#any-of? @_require "require" "gem"))
