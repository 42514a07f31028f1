module example.com/upsolve

go 1.19
